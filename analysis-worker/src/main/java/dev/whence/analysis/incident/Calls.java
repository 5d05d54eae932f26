package dev.whence.analysis.incident;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.whence.analysis.grouping.CallGraph;
import dev.whence.model.ProjectId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The calls that traces and alerts about calls have shown so far. */
@Component
class Calls {

	/** A call that was seen within the hour is not noted again. */
	private static final String FRESH = "1 hour";

	private final JdbcClient jdbc;

	Calls(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Notes calls.
	 * @return whether any of them is new
	 */
	boolean note(ProjectId project, Map<String, Set<String>> callees) {
		List<Map.Entry<String, String>> edges = callees.entrySet()
			.stream()
			.flatMap((caller) -> caller.getValue().stream().map((callee) -> Map.entry(caller.getKey(), callee)))
			.toList();
		return !edges.isEmpty() && this.jdbc
			.sql("""
					insert into incidents.call_edge (project_id, caller, callee, seen_at)
					select :project, caller, callee, now() from unnest(:callers::text[], :callees::text[]) as e (caller, callee)
					order by caller, callee
					on conflict (project_id, caller, callee) do update set seen_at = excluded.seen_at
					where call_edge.seen_at < now() - :fresh::interval
					returning xmax = 0
					""")
			.param("project", project.value())
			.param("callers", edges.stream().map(Map.Entry::getKey).toArray(String[]::new))
			.param("callees", edges.stream().map(Map.Entry::getValue).toArray(String[]::new))
			.param("fresh", FRESH)
			.query(Boolean.class)
			.list()
			.contains(true);
	}

	/**
	 * What is known about these services and whatever is so many calls away.
	 */
	CallGraph around(ProjectId project, Collection<String> services, int reach) {
		Map<String, Set<String>> callees = new HashMap<>();
		Set<String> asked = new TreeSet<>();
		List<String> next = services.stream().distinct().toList();
		// Two edges that touch the ends meet in the middle, so half the way is enough.
		for (int hop = 0; hop <= reach / 2 && !next.isEmpty(); hop++) {
			asked.addAll(next);
			List<String> found = new ArrayList<>();
			this.jdbc.sql("""
					select caller, callee from incidents.call_edge
					where project_id = :project and (caller = any(:services) or callee = any(:services))
					""")
				.param("project", project.value())
				.param("services", next.toArray(String[]::new))
				.query((rs) -> {
					callees.computeIfAbsent(rs.getString(1), (_) -> new TreeSet<>()).add(rs.getString(2));
					found.add(rs.getString(1));
					found.add(rs.getString(2));
				});
			next = found.stream().distinct().filter((service) -> !asked.contains(service)).toList();
		}
		return CallGraph.of(callees);
	}

}
