package dev.whence.query.incident;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.UuidText;
import dev.whence.query.page.WorkerViews;
import dev.whence.query.signal.SignalView;
import dev.whence.store.KeptSignals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The signals that the analyses of an incident rest on. */
@RestController
@Tag(name = "Incidents")
class EvidenceController {

	private final JdbcClient jdbc;

	private final KeptSignals kept;

	EvidenceController(JdbcClient jdbc, KeptSignals kept) {
		this.jdbc = jdbc;
		this.kept = kept;
	}

	@GetMapping("/query/incidents/{id}/evidence")
	@Operation(summary = "The signals that the answer rests on, oldest first",
			description = "They are kept with the incident when retention has ended the telemetry around them.")
	List<SignalView> evidence(ProjectId project, @PathVariable String id) {
		UUID incident = UuidText.canonical(id)
			.flatMap((known) -> WorkerViews.read(Optional.<UUID>empty(), () -> find(project, known)))
			.orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Incident not found"));
		List<UUID> signals = this.jdbc
			.sql("select signal_id from incidents.evidence_view where incident_id = :id and project_id = :project")
			.param("id", incident)
			.param("project", project.value())
			.query(UUID.class)
			.list();
		return this.kept.find(project, signals).stream().map(SignalView::from).toList();
	}

	private Optional<UUID> find(ProjectId project, UUID incident) {
		return this.jdbc.sql("select id from incidents.incident_view where id = :id and project_id = :project")
			.param("id", incident)
			.param("project", project.value())
			.query(UUID.class)
			.optional();
	}

}
