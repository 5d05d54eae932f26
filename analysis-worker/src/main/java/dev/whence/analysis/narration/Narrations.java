package dev.whence.analysis.narration;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the analyses that have no words yet, and adds them. Changes nothing else. */
@Component
class Narrations {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	Narrations(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/** An analysis that has not been told. */
	record Untold(UUID analysis, JsonNode findings) {
	}

	/** The newest analysis of the incident, unless a model was asked about it before. */
	Optional<Untold> newest(ProjectId project, UUID incident) {
		return this.jdbc.sql("""
				select a.id, a.ai_explanation, n.analysis_id is not null as told
				from incidents.analysis a
				left join incidents.narration n on n.analysis_id = a.id
				where a.project_id = :project and a.incident_id = :incident
				order by a.incident_version desc limit 1
				""")
			.param("project", project.value())
			.param("incident", incident)
			.query((rs, _) -> rs.getBoolean("told") ? Optional.<Untold>empty()
					: Optional.of(new Untold(rs.getObject("id", UUID.class),
							this.json.readTree(rs.getString("ai_explanation")))))
			.optional()
			.flatMap((untold) -> untold);
	}

	/**
	 * Takes the right to ask about an analysis, once for ever.
	 * @return false when somebody else has it, or the hour's budget is spent
	 */
	boolean ask(UUID analysis, int callsPerHour) {
		return this.jdbc.sql("""
				insert into incidents.narration (analysis_id, outcome)
				select :analysis, 'ASKED'
				where (select count(*) from incidents.narration where at > now() - interval '1 hour') < :budget
				on conflict (analysis_id) do nothing
				""").param("analysis", analysis).param("budget", callsPerHour).update() == 1;
	}

	/** Services of the project's incidents that the findings do not name. */
	List<String> otherServices(ProjectId project, Excerpt findings) {
		return this.jdbc.sql("""
				select distinct service from (
				    select unnest(affected_services) as service from incidents.incident
				    where project_id = :project order by detected_at desc limit 10000) recent
				where not (service = any(:named))
				""")
			.param("project", project.value())
			.param("named", findings.services().toArray(String[]::new))
			.query(String.class)
			.list();
	}

	/** Adds the words to the analysis. */
	void write(UUID analysis, String narration) {
		this.jdbc.sql("""
				update incidents.analysis
				set ai_explanation = jsonb_set(ai_explanation, '{narration}', to_jsonb(:narration::text))
				where id = :analysis
				""").param("analysis", analysis).param("narration", narration).update();
	}

	void note(UUID analysis, String outcome, @Nullable String detail) {
		this.jdbc.sql(
				"update incidents.narration set outcome = :outcome, detail = left(:detail, 500) where analysis_id = :id")
			.param("outcome", outcome)
			.param("detail", detail)
			.param("id", analysis)
			.update();
	}

}
