package dev.whence.query.incident;

import java.util.UUID;

import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
import dev.whence.testkit.postgres.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against tables that stand in for the worker's views; that the real ones fit is shown
 * end to end.
 */
@QueryTest
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
		JdbcClient.create(database.dataSource()).sql("""
				create schema incidents;
				create table incidents.incident_view (project_id int, id uuid, trace_id text, status text,
				    severity text, title text, detected_at timestamptz, resolved_at timestamptz,
				    affected_services text[], error_count bigint);
				create table incidents.analysis_view (project_id int, id uuid, incident_id uuid,
				    incident_version bigint, root_cause text, confidence_score float8, evidence_signals uuid[],
				    ai_explanation jsonb, generated_at timestamptz);
				do $$ begin
				    if exists (select from pg_roles where rolname = 'whence_query') then
				        grant usage on schema incidents to whence_query;
				        grant select on all tables in schema incidents to whence_query;
				    end if;
				end $$;
				insert into incidents.incident_view values
				    (1, '00000000-0000-0000-0000-000000000001', 'req-1', 'OPEN', 'HIGH', 'payment declines',
				     '2026-01-19T01:02:03Z', null, '{gateway,payment}', 3),
				    (1, '00000000-0000-0000-0000-000000000002', null, 'resolved', 'critical', 'old',
				     '2026-01-18T01:02:03Z', '2026-01-18T02:00:00Z', '{inventory}', 50),
				    (2, '00000000-0000-0000-0000-000000000003', 'req-1', 'OPEN', 'HIGH', 'not yours',
				     '2026-01-19T01:02:03Z', null, '{payment}', 1);
				insert into incidents.analysis_view values
				    (1, gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 1, 'first guess', 40, '{}', '{}',
				     '2026-01-19T01:03:00Z'),
				    (1, gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 2, '# payment', 95,
				     '{00000000-0000-0000-0000-0000000000aa}', '{"full_report": "# payment"}', '2026-01-19T01:04:00Z'),
				    (2, gen_random_uuid(), '00000000-0000-0000-0000-000000000003', 1, 'not yours', 40, '{}', '{}',
				     '2026-01-19T01:03:00Z');
				""").update();
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
			"severity=HIGH, 1", "severity=low, 0", "trace_id=req-1, 1", "service=inventory, 1", "service=gate, 0",
			"status=open&service=payment&severity=high, 1", "limit=1&offset=1, 2" })
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
	void incidentIsFoundById() {
		this.api.get("/query/incidents/{id}", OPEN)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.title")
			.isEqualTo("payment declines");
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
