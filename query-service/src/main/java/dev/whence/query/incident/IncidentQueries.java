package dev.whence.query.incident;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.whence.model.ProjectId;
import dev.whence.query.incident.IncidentFacets.Count;
import dev.whence.query.incident.IncidentFilter.Facet;
import dev.whence.query.page.Cursor;
import dev.whence.query.page.WorkerViews;
import dev.whence.store.form.Conditions;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Searches incidents and counts what is found. */
@Repository
class IncidentQueries {

	/** How many values of one kind are counted. */
	private static final int MOST_VALUES = 50;

	private final JdbcClient jdbc;

	IncidentQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The incidents that match, newest first. */
	List<IncidentView> search(ProjectId project, IncidentFilter filter, @Nullable Cursor after, int limit, int offset) {
		Conditions conditions = filter.conditions(project, after);
		return WorkerViews.read(List.of(),
				() -> this.jdbc.sql("""
						select %s
						  from incidents.incident_life_view
						 where %s
						 order by detected_at desc, id
						 limit :limit offset :offset
						""".formatted(IncidentView.COLUMNS, conditions.sql()))
					.params(conditions.parameters())
					.param("limit", limit)
					.param("offset", offset)
					.query(IncidentView::of)
					.list());
	}

	/** How many match, counted no further than {@code most}. */
	long count(ProjectId project, IncidentFilter filter, long most) {
		Conditions conditions = filter.conditions(project);
		return WorkerViews.read(0L,
				() -> this.jdbc.sql("""
						select count(*) from (select 1 from incidents.incident_life_view where %s limit :most) counted
						""".formatted(conditions.sql()))
					.params(conditions.parameters())
					.param("most", most)
					.query(Long.class)
					.single());
	}

	/** How many match with each value that one could choose instead. */
	IncidentFacets facets(ProjectId project, IncidentFilter filter, long most) {
		Map<Facet, List<Count>> counts = new EnumMap<>(Facet.class);
		for (Facet facet : Facet.values()) {
			counts.put(facet, counts(filter.without(facet).conditions(project), facet, most));
		}
		return IncidentFacets.of(count(project, filter, most), counts);
	}

	private List<Count> counts(Conditions conditions, Facet facet, long most) {
		String value = switch (facet) {
			case STATUS ->
				"case status when 'SNOOZED' then 'INVESTIGATING' when 'MERGED' then 'CLOSED' else status end";
			case STATE -> "state";
			case SEVERITY -> "severity";
			case SERVICE -> "unnest(affected_services)";
			case ASSIGNEE -> "assignee";
		};
		return WorkerViews.read(List.of(),
				() -> this.jdbc.sql("""
						select value, count(*) as count
						  from (select %s as value from incidents.incident_life_view where %s
						         order by detected_at desc limit :most) found
						 group by value order by count(*) desc, value limit :values
						""".formatted(value, conditions.sql()))
					.params(conditions.parameters())
					.param("most", most)
					.param("values", MOST_VALUES)
					.query((row, _) -> Count.of(facet, row.getString("value"), row.getLong("count")))
					.list());
	}

}
