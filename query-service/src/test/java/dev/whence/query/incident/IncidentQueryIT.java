package dev.whence.query.incident;

import java.util.UUID;

import dev.whence.query.IngestSide;
import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
import dev.whence.testkit.postgres.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@QueryTest
@Import(IngestSide.class)
@TestPropertySource(properties = "test.database=incidents")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentQueryIT {

	private static final UUID OPEN = UUID.fromString("00000000-0000-0000-0000-000000000001");

	private static final UUID RESOLVED = UUID.fromString("00000000-0000-0000-0000-000000000002");

	private static final UUID FOREIGN = UUID.fromString("00000000-0000-0000-0000-000000000003");

	@LocalServerPort
	private int port;

	private QueryApi api;

	@BeforeAll
	void storeSomeIncidents(@Autowired TestDatabase database) {
		this.api = new QueryApi(this.port);
		// The worker's own migrations, so that its views and these questions cannot drift
		// apart.
		Flyway.configure()
			.dataSource(database.dataSource())
			.schemas("incidents")
			.locations("filesystem:../analysis-worker/src/main/resources/db/incidents")
			.load()
			.migrate();
		JdbcClient.create(database.dataSource())
			.sql("""
					insert into incidents.incident (project_id, id, trace_id, status, severity, title, detected_at,
					    resolved_at, first_seen, last_seen, affected_services, error_count, version, analyzed_version,
					    lock_version) values
					    (1, '00000000-0000-0000-0000-000000000001', 'req-1', 'OPEN', 'HIGH', 'payment declines',
					     '2026-01-19T01:02:03Z', null, '2026-01-19T01:02:01Z', '2026-01-19T01:02:02Z',
					     '{gateway,payment}', 3, 2, 2, 0),
					    (1, '00000000-0000-0000-0000-000000000002', '', 'RESOLVED', 'CRITICAL', 'old',
					     '2026-01-18T01:02:03Z', '2026-01-18T02:00:00Z', '2026-01-18T01:02:01Z', '2026-01-18T01:02:02Z',
					     '{inventory}', 50, 1, 0, 0),
					    (2, '00000000-0000-0000-0000-000000000003', 'req-1', 'OPEN', 'HIGH', 'not yours',
					     '2026-01-19T01:02:03Z', null, '2026-01-19T01:02:01Z', '2026-01-19T01:02:02Z', '{payment}', 1, 1,
					     1, 0);
					insert into incidents.incident_subject values
					    ('00000000-0000-0000-0000-000000000001', 1, 'TRACE:req-1', 2),
					    ('00000000-0000-0000-0000-000000000001', 1, 'TRACE:req-2', 9),
					    ('00000000-0000-0000-0000-000000000002', 1, 'FINGERPRINT:req-1', 50);
					insert into incidents.incident_member values
					    ('00000000-0000-0000-0000-000000000001', 1, 'TRACE:req-1', 'f1', 'payment', 'declined', 'MEDIUM', true, 2,
					     '2026-01-19T01:02:01Z', '2026-01-19T01:02:02Z', 'opened the incident'),
					    ('00000000-0000-0000-0000-000000000001', 1, 'TRACE:req-2', 'f1', 'payment', 'declined', 'HIGH', true, 1,
					     '2026-01-19T01:02:01Z', '2026-01-19T01:02:03Z', 'same fingerprint');
					insert into incidents.incident_event (incident_id, change, version, actor) values
					    ('00000000-0000-0000-0000-000000000001', 'opened', 1, 'whence'),
					    ('00000000-0000-0000-0000-000000000001', 'escalated', 2, 'whence');
					insert into incidents.analysis (project_id, id, incident_id, incident_version, attempt, root_cause,
					    verdict, confidence_score, evidence_signals, ai_explanation, generated_at) values
					    (1, gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 1, 1, 'first guess', 'LIKELY', 40,
					     '{}', '{}', '2026-01-19T01:03:00Z'),
					    (1, gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 2, 2, '# payment', 'CONCLUSIVE', 95,
					     '{00000000-0000-0000-0000-0000000000aa}', '{"full_report": "# payment"}',
					     '2026-01-19T01:04:00Z'),
					    (2, gen_random_uuid(), '00000000-0000-0000-0000-000000000003', 1, 1, 'not yours', 'LIKELY', 40,
					     '{}', '{}', '2026-01-19T01:03:00Z');
					""")
			.update();
	}

	@Test
	void incidentsAreShownNewestFirstInTheOriginalShape() {
		this.api.get("/query/incidents")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.total")
			.isEqualTo(2)
			.jsonPath("$.limit")
			.isEqualTo(50)
			.jsonPath("$.offset")
			.isEqualTo(0)
			.jsonPath("$.items[0].id")
			.isEqualTo(OPEN.toString())
			.jsonPath("$.items[0].trace_id")
			.isEqualTo("req-1")
			.jsonPath("$.items[0].status")
			.isEqualTo("open")
			.jsonPath("$.items[0].severity")
			.isEqualTo("high")
			.jsonPath("$.items[0].detected_at")
			.isEqualTo("2026-01-19T01:02:03Z")
			.jsonPath("$.items[0].resolved_at")
			.isEqualTo(null)
			.jsonPath("$.items[0].affected_services[1]")
			.isEqualTo("payment")
			.jsonPath("$.items[0].error_count")
			.isEqualTo(3.0)
			.jsonPath("$.items[1].id")
			.isEqualTo(RESOLVED.toString());
	}

	@ParameterizedTest
	@CsvSource({ "status=open, 1", "status=OPEN, 1", "status=Resolved, 1", "status=closed, 0", "severity=critical, 1",
			"severity=HIGH, 1", "severity=low, 0", "trace_id=req-1, 1", "trace_id=req-2, 1", "service=inventory, 1",
			"service=gate, 0", "status=open&service=payment&severity=high, 1", "limit=1&offset=1, 2" })
	void filtersNarrowTheList(String query, int total) {
		this.api.get("/query/incidents?" + query)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.total")
			.isEqualTo(total);
	}

	@ParameterizedTest
	@CsvSource({ "status=ajar, status", "severity=worst, severity", "limit=201, limit", "limit=0, limit",
			"offset=-1, offset" })
	void invalidParameterIsNamed(String query, String parameter) {
		this.api.get("/query/incidents?" + query)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value((detail) -> assertThat((String) detail).contains("'" + parameter + "'"));
	}

	@Test
	void incidentIsShownWithWhatItIsMadeOf() {
		this.api.get("/query/incidents/{id}", OPEN)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.title")
			.isEqualTo("payment declines")
			.jsonPath("$.status")
			.isEqualTo("open")
			.jsonPath("$.analyzed_version")
			.isEqualTo(2)
			.jsonPath("$.problems.length()")
			.isEqualTo(1)
			.jsonPath("$.problems[0].severity")
			.isEqualTo("high")
			.jsonPath("$.problems[0].signals")
			.isEqualTo(3)
			.jsonPath("$.traces[0].trace_id")
			.isEqualTo("req-2")
			.jsonPath("$.traces[0].signal_count")
			.isEqualTo(9)
			.jsonPath("$.events[0].change")
			.isEqualTo("opened")
			.jsonPath("$.events[1].change")
			.isEqualTo("escalated");
	}

	@Test
	void newestAnalysisIsShown() {
		this.api.get("/query/incidents/{id}/analysis", OPEN)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.incident_id")
			.isEqualTo(OPEN.toString())
			.jsonPath("$.root_cause")
			.isEqualTo("# payment")
			.jsonPath("$.confidence_score")
			.isEqualTo(95.0)
			.jsonPath("$.evidence_signals[0]")
			.isEqualTo("00000000-0000-0000-0000-0000000000aa")
			.jsonPath("$.ai_explanation.full_report")
			.isEqualTo("# payment")
			.jsonPath("$.verdict")
			.isEqualTo("CONCLUSIVE")
			.jsonPath("$.incident_version")
			.isEqualTo(2)
			.jsonPath("$.generated_at")
			.isEqualTo("2026-01-19T01:04:00Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000000-0000-0000-0000-000000000002", "00000000-0000-0000-0000-000000000003",
			"00000000-0000-0000-0000-00000000ffff", "1-1-1-1-1", "nonsense" })
	void missingAnalysisIsToldAsTheOriginalDid(String id) {
		this.api.get("/query/incidents/{id}/analysis", id)
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Analysis not found for this incident");
	}

	@Test
	void incidentOfAnotherProjectIsNotFound() {
		this.api.get("/query/incidents/{id}", FOREIGN).expectStatus().isNotFound();
		this.api.get("/query/incidents/{id}", "nonsense").expectStatus().isNotFound();
	}

}
