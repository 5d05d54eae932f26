package dev.whence.analysis.rootcause;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.whence.analysis.incident.IncidentSnapshot;
import dev.whence.analysis.job.Claim;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores analyses; there is one per version of an incident, whoever else tries. */
@Component
class AnalysisStore {

	/** As many signals as a person would open. */
	static final int MAX_SIGNALS = 100;

	private final JdbcClient jdbc;

	private final JsonMapper json;

	AnalysisStore(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * Stores in the caller's transaction; false when the version had its analysis
	 * already.
	 */
	boolean store(Claim claim, IncidentSnapshot incident, Findings findings, Cost cost) {
		String report = CauseReport.markdown(incident, findings);
		List<UUID> evidence = findings.evidenceSignals().stream().limit(MAX_SIGNALS).toList();
		return this.jdbc
			.sql("""
					insert into incidents.analysis (id, project_id, incident_id, incident_version, attempt, root_cause, verdict,
					                                confidence_score, evidence_signals, ai_explanation, method_version,
					                                duration_ms)
					values (:id, :project, :incident, :version, :attempt, :report, :verdict, :confidence, :evidence,
					        :explanation::jsonb, :method, :millis)
					on conflict (project_id, incident_id, incident_version) do nothing
					""")
			.param("id", UUID.randomUUID())
			.param("project", incident.project().value())
			.param("incident", incident.id())
			.param("version", incident.version())
			.param("attempt", claim.attempt())
			.param("report", report)
			.param("verdict", findings.verdict().name())
			.param("confidence", findings.confidence())
			.param("evidence", evidence.toArray(UUID[]::new))
			.param("explanation", this.json.writeValueAsString(new Explanation(report, findings, cost)))
			.param("method", findings.methodVersion())
			.param("millis", Explanation.millis(cost.ranking()))
			.update() == 1;
	}

	/** Notes in the caller's transaction that the incident rests on the signals. */
	void restsOn(IncidentSnapshot incident, Collection<UUID> signals) {
		this.jdbc.sql("""
				insert into incidents.evidence (incident_id, signal_id)
				select :incident, unnest(:signals::uuid[]) on conflict do nothing
				""").param("incident", incident.id()).param("signals", signals.toArray(UUID[]::new)).update();
	}

}
