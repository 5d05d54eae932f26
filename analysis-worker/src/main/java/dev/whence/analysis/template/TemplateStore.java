package dev.whence.analysis.template;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import dev.whence.model.LogMask;
import dev.whence.model.ProjectId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the miners have learned, in PostgreSQL. */
@Component
class TemplateStore {

	/** United templates whose ids are still known, a service. */
	private static final int MOST_UNITED = 8_192;

	private final JdbcClient jdbc;

	TemplateStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Keeps others from learning lines of the service until the transaction ends.
	 * @return names what is stored: it changes whenever the stored lines do
	 */
	UUID lock(ProjectId project, String service) {
		this.jdbc.sql("""
				insert into incidents.log_learning (project_id, service, state)
				values (:project, :service, gen_random_uuid()) on conflict do nothing
				""").param("project", project.value()).param("service", service).update();
		return this.jdbc.sql(
				"select state from incidents.log_learning where project_id = :project and service = :service for update")
			.param("project", project.value())
			.param("service", service)
			.query(UUID.class)
			.single();
	}

	/** Teaches a miner all that is stored; the lines in the order in which they came. */
	void load(ProjectId project, String service, TemplateMiner miner) {
		Map<String, Template> templates = new HashMap<>();
		Map<String, String> united = new HashMap<>();
		this.jdbc.sql("""
				select id, number, text, united_into from incidents.log_template
				where project_id = :project and service = :service order by number
				""").param("project", project.value()).param("service", service).query((row) -> {
			templates.put(row.getString("id"),
					miner.restore(row.getString("id"), row.getLong("number"), row.getString("text")));
			if (row.getString("united_into") != null) {
				united.put(row.getString("id"), row.getString("united_into"));
			}
		});
		united.forEach((younger, elder) -> {
			Template root = templates.get(elder);
			Template part = templates.get(younger);
			if (root != null && part != null) {
				part.uniteInto(root);
			}
		});
		this.jdbc.sql("""
				select form, template_id from incidents.log_form
				where project_id = :project and service = :service order by number
				""").param("project", project.value()).param("service", service).query((row) -> {
			Template template = templates.get(row.getString("template_id"));
			if (template != null) {
				miner.restore(row.getString("form"), template);
			}
		});
		miner.takeLearned();
		miner.takeForgotten();
	}

	/** Stores new lines and the templates they belong to, and removes forgotten ones. */
	UUID save(ProjectId project, String service, Map<String, Template> learned, Map<String, String> unions,
			List<String> forgotten) {
		this.jdbc.sql("""
				insert into incidents.log_form (project_id, service, id, form, template_id)
				select :project, :service, id, form, template_id
				from unnest(:ids::text[], :forms::text[], :templates::text[]) with ordinality
				     as learned (id, form, template_id, place) order by place
				on conflict (project_id, service, id) do update set template_id = excluded.template_id
				""")
			.param("project", project.value())
			.param("service", service)
			.param("ids", learned.keySet().stream().map(LogMask::id).toArray(String[]::new))
			.param("forms", learned.keySet().toArray(String[]::new))
			.param("templates", texts(learned.values(), Template::id))
			.update();
		unite(project, service, unions);
		if (!forgotten.isEmpty()) {
			forget(project, service, forgotten);
		}
		return this.jdbc.sql("""
				update incidents.log_learning set state = gen_random_uuid()
				where project_id = :project and service = :service returning state
				""").param("project", project.value()).param("service", service).query(UUID.class).single();
	}

	/** Stores the text of templates, and that their lines were seen in that time. */
	void seen(ProjectId project, String service, Map<Template, Seen> seen) {
		this.jdbc.sql("""
				insert into incidents.log_template (project_id, service, id, number, text, first_seen, last_seen)
				select :project, :service, * from unnest(:ids::text[], :numbers::bigint[], :texts::text[],
				                                         :firsts::text[]::timestamptz[], :lasts::text[]::timestamptz[])
				on conflict (project_id, service, id) do update
				set text = excluded.text, first_seen = least(log_template.first_seen, excluded.first_seen),
				    last_seen = greatest(log_template.last_seen, excluded.last_seen)
				""")
			.param("project", project.value())
			.param("service", service)
			.param("ids", texts(seen.keySet(), Template::id))
			.param("numbers", seen.keySet().stream().map(Template::number).toArray(Long[]::new))
			.param("texts", texts(seen.keySet(), Template::text))
			.param("firsts", seen.values().stream().map((time) -> time.first().toString()).toArray(String[]::new))
			.param("lasts", seen.values().stream().map((time) -> time.last().toString()).toArray(String[]::new))
			.update();
	}

	private void unite(ProjectId project, String service, Map<String, String> unions) {
		String[] younger = unions.keySet().toArray(String[]::new);
		String[] elder = unions.values().toArray(String[]::new);
		for (String statement : List.of("""
				update incidents.log_form set template_id = elder
				from unnest(:younger::text[], :elder::text[]) as united (younger, elder)
				where project_id = :project and service = :service and template_id = younger
				""", """
				update incidents.log_template set united_into = elder
				from unnest(:younger::text[], :elder::text[]) as united (younger, elder)
				where project_id = :project and service = :service and (id = younger or united_into = younger)
				""")) {
			this.jdbc.sql(statement)
				.param("project", project.value())
				.param("service", service)
				.param("younger", younger)
				.param("elder", elder)
				.update();
		}
	}

	private void forget(ProjectId project, String service, List<String> forms) {
		this.jdbc.sql("""
				delete from incidents.log_form
				where project_id = :project and service = :service and id = any(:ids::text[])
				""")
			.param("project", project.value())
			.param("service", service)
			.param("ids", forms.stream().map(LogMask::id).toArray(String[]::new))
			.update();
		this.jdbc.sql("""
				delete from incidents.log_template t
				where project_id = :project and service = :service
				  and (not exists (select from incidents.log_form f
				                   where (f.project_id, f.service) = (t.project_id, t.service)
				                     and f.template_id = coalesce(t.united_into, t.id))
				       or united_into is not null
				          and number <= (select number from incidents.log_template
				                         where project_id = :project and service = :service and united_into is not null
				                         order by number desc offset :most limit 1))
				""").param("project", project.value()).param("service", service).param("most", MOST_UNITED).update();
	}

	private static String[] texts(Collection<Template> templates, Function<Template, String> text) {
		return templates.stream().map(text).toArray(String[]::new);
	}

	/** From the first to the last line. */
	record Seen(Instant first, Instant last) {

		Seen with(Seen other) {
			return new Seen(other.first.isBefore(this.first) ? other.first : this.first,
					other.last.isAfter(this.last) ? other.last : this.last);
		}

	}

}
