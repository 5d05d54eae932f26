package dev.whence.query.incident;

import java.util.ArrayList;
import java.util.List;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Incidents as people left them: found, counted, timed and judged. */
@QueryTest
@Import(IngestSide.class)
@TestPropertySource(properties = "test.database=incident-life")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentLifeQueryIT {

	private static final String FIRST = "00000000-0000-0000-0000-000000000001";

	private static final String SECOND = "00000000-0000-0000-0000-000000000002";

	@LocalServerPort
	private int port;

	private QueryApi api;

	@BeforeAll
	void storeSomeLives(@Autowired TestDatabase database) {
		this.api = new QueryApi(this.port);
		Flyway.configure()
			.dataSource(database.dataSource())
			.schemas("incidents")
			.locations("filesystem:../analysis-worker/src/main/resources/db/incidents")
			.load()
			.migrate();
		JdbcClient.create(database.dataSource())
			.sql("""
					insert into incidents.incident (project_id, id, trace_id, status, severity, title, detected_at, resolved_at,
					    first_seen, last_seen, affected_services, error_count, version, analyzed_version, lock_version,
					    assignee, merged_into, snoozed_at, snooze_factor) values
					  (1, '00000000-0000-0000-0000-000000000001', 'req-1', 'RESOLVED', 'HIGH', 'payment: 100% declined',
					   '2026-01-18T01:00:00Z', '2026-01-18T02:00:00Z', '2026-01-18T00:59:00Z', '2026-01-18T01:30:00Z',
					   '{payment}', 3, 2, 2, 0, 'ada', null, null, null),
					  (1, '00000000-0000-0000-0000-000000000002', 'req-2', 'INVESTIGATING', 'CRITICAL', 'payment: declined',
					   '2026-01-19T01:00:00Z', null, '2026-01-19T00:59:00Z', '2026-01-19T01:30:00Z', '{gateway,payment}', 9,
					   1, 1, 0, null, null, null, null),
					  (1, '00000000-0000-0000-0000-000000000003', '', 'SNOOZED', 'LOW', 'stock: slow',
					   '2026-01-19T01:00:00Z', null, '2026-01-19T00:59:00Z', '2026-01-19T01:30:00Z', '{stock}', 9, 1, 0, 0,
					   'bob', null, '2026-01-19T01:10:00Z', 3),
					  (1, '00000000-0000-0000-0000-000000000004', '', 'MERGED', 'LOW', 'stock: late',
					   '2026-01-20T01:00:00Z', '2026-01-20T01:00:00Z', '2026-01-19T00:59:00Z', '2026-01-19T01:30:00Z',
					   '{stock}', 9, 1, 0, 0, null, '00000000-0000-0000-0000-000000000003', null, null),
					  (2, '00000000-0000-0000-0000-000000000009', '', 'OPEN', 'LOW', 'not yours', '2026-01-20T01:00:00Z',
					   null, '2026-01-19T00:59:00Z', '2026-01-19T01:30:00Z', '{payment}', 9, 1, 0, 0, 'eve', null, null,
					   null);
					insert into incidents.incident_subject (incident_id, project_id, subject, signal_count) values
					  ('00000000-0000-0000-0000-000000000001', 1, 'TRACE:req-1', 3),
					  ('00000000-0000-0000-0000-000000000002', 1, 'TRACE:req-2', 9),
					  ('00000000-0000-0000-0000-000000000009', 2, 'TRACE:req-9', 9);
					insert into incidents.incident_member (incident_id, project_id, subject, fingerprint, service, title,
					    severity, origin, signals, first_seen, last_seen, reason) values
					  ('00000000-0000-0000-0000-000000000001', 1, 'TRACE:req-1', 'f1', 'payment', 'Card declined', 'HIGH',
					   true, 2, '2026-01-18T00:59:00Z', '2026-01-18T01:30:00Z', 'opened the incident'),
					  ('00000000-0000-0000-0000-000000000002', 1, 'TRACE:req-2', 'f1', 'payment', 'Card declined', 'HIGH',
					   true, 2, '2026-01-19T00:59:00Z', '2026-01-19T01:30:00Z', 'opened the incident'),
					  ('00000000-0000-0000-0000-000000000002', 1, 'TRACE:req-2', 'f2', 'gateway', 'Bad gateway', 'HIGH',
					   false, 2, '2026-01-19T01:01:00Z', '2026-01-19T01:30:00Z', 'same trace'),
					  ('00000000-0000-0000-0000-000000000009', 2, 'TRACE:req-9', 'f1', 'payment', 'Card declined', 'HIGH',
					   true, 2, '2026-01-18T00:59:00Z', '2026-01-18T01:30:00Z', 'opened the incident');
					insert into incidents.problem_state (project_id, fingerprint, service, title, severity, first_seen,
					    last_seen, met_at, resolved_at, ignored_at) values
					  (1, 'f1', 'payment', 'Card declined', 'HIGH', '2026-01-18T00:59:00Z', '2026-01-19T01:30:00Z',
					   '2026-01-18T00:59:00Z', '2026-01-18T02:00:00Z', null),
					  (1, 'f2', 'gateway', 'Bad gateway', 'HIGH', '2026-01-19T01:01:00Z', '2026-01-19T01:30:00Z', now(), null,
					   null),
					  (1, 'f3', 'stock', 'Noise', 'LOW', '2026-01-19T01:01:00Z', '2026-01-19T01:10:00Z', now(), null, now()),
					  (1, 'f4', 'stock', 'Empty', 'LOW', '2026-01-19T01:01:00Z', '2026-01-19T01:10:00Z',
					   '2026-01-19T01:01:00Z', null, null),
					  (2, 'f1', 'payment', 'Card declined', 'HIGH', '2026-01-18T00:59:00Z', '2026-01-19T01:30:00Z', now(),
					   null, null);
					insert into incidents.incident_event (incident_id, at, change, version, actor, comment, detail,
					    effective_at) values
					  ('00000000-0000-0000-0000-000000000001', '2026-01-18T01:00:00Z', 'opened', 1, 'whence', null, '{}', null),
					  ('00000000-0000-0000-0000-000000000001', '2026-01-18T01:01:00Z', 'acknowledged', 1, 'ada', null, '{}',
					   null),
					  ('00000000-0000-0000-0000-000000000001', '2026-01-18T02:00:00Z', 'resolved', 2, 'ada',
					   'rolled back', '{"reason": "quiet"}', '2026-01-18T01:30:00Z'),
					  ('00000000-0000-0000-0000-000000000001', '2026-01-18T03:00:00Z', 'acknowledged', 2, 'bob', null, '{}',
					   null),
					  ('00000000-0000-0000-0000-000000000002', '2026-01-19T01:05:00Z', 'acknowledged', 1, 'ada', 'on it',
					   '{}', null);
					insert into incidents.job (project_id, kind, subject, wanted_version, done_version) values
					  (1, 'ROLLUP', '29470000', 1, 0), (1, 'ROLLUP', '29470001', 2, 1), (1, 'ROLLUP', '29470002', 1, 1),
					  (1, 'ANALYSE', '00000000-0000-0000-0000-000000000001', 2, 1),
					  (2, 'ROLLUP', '29470003', 1, 0);
					insert into incidents.change_event (project_id, service, at, kind, what, link) values
					  (1, 'payment', '2026-01-19T00:30:00Z', 'deploy', '1.4.1 -> 1.4.2', 'https://ci.example.org/7'),
					  (1, 'stock', '2026-01-19T00:30:00Z', 'deploy', 'elsewhere', null),
					  (1, 'payment', '2026-01-10T00:30:00Z', 'deploy', 'long ago', null),
					  (2, 'payment', '2026-01-19T00:30:00Z', 'deploy', 'not yours', null);
					insert into incidents.analysis (project_id, id, incident_id, incident_version, attempt, root_cause,
					    verdict, confidence_score, evidence_signals, ai_explanation, generated_at) values
					  (1, '00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-000000000001', 1, 1, 'old', 'LIKELY',
					   40, '{}', '{"method_version": "1", "hypotheses": [{"rank": 1, "service": "gateway"},
					   {"rank": 2, "service": "payment"}]}', '2026-01-18T01:02:00Z'),
					  (1, '00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-000000000001', 2, 1, 'new',
					   'CONCLUSIVE', 90, '{}', '{"method_version": "2", "hypotheses": [{"rank": 1, "service": "payment"}]}',
					   '2026-01-18T01:03:00Z'),
					  (1, '00000000-0000-0000-0000-0000000000a3', '00000000-0000-0000-0000-000000000002', 1, 1, 'new',
					   'LIKELY', 60, '{}', '{"hypotheses": [{"rank": 1, "service": "gateway"}], "ranking": [
					   {"service": "gateway", "score": 3}, {"service": "bank", "score": 2}, {"service": "payment", "score": 2}]}',
					   '2026-01-19T01:03:00Z');
					insert into incidents.analysis_feedback (id, project_id, analysis_id, incident_id, incident_version,
					    correct, service, note, actor, credential, at) values
					  (gen_random_uuid(), 1, '00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-000000000001', 1,
					   false, 'payment', null, 'ada', 'key', '2026-01-18T04:00:00Z'),
					  (gen_random_uuid(), 1, '00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-000000000001', 2,
					   false, null, 'a slip', 'ada', 'key', '2026-01-18T04:00:00Z'),
					  (gen_random_uuid(), 1, '00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-000000000001', 2,
					   true, null, 'yes', 'ada', 'key', '2026-01-18T05:00:00Z'),
					  (gen_random_uuid(), 1, '00000000-0000-0000-0000-0000000000a3', '00000000-0000-0000-0000-000000000002', 1,
					   false, 'payment', null, 'ada', 'key', '2026-01-19T05:00:00Z'),
					  (gen_random_uuid(), 1, '00000000-0000-0000-0000-0000000000a3', '00000000-0000-0000-0000-000000000002', 1,
					   false, null, null, 'bob', 'key', '2026-01-19T05:00:00Z');
					""")
			.update();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "status=open | 0", "status=investigating | 2", "status=acknowledged | 1", "status=snoozed | 1",
					"status=closed | 1", "status=merged | 1", "status=resolved,acknowledged | 2",
					"severity=high,critical | 2", "service=gateway,stock | 3", "assignee=ada | 1", "assignee=none | 2",
					"assignee=none,bob | 3", "assignee=eve | 0", "q=DECLINED | 2", "q=card | 2", "q=100% | 1",
					"q=1_0 | 0", "q=gatew | 1", "q=req-2 | 1", "from=2026-01-19T01:00:00Z | 3",
					"to=2026-01-19T01:00:00Z | 1", "status=acknowledged&assignee=none&q=payment | 1" })
	void filtersNarrowTheList(String query, int total) {
		assertThat(get("/query/incidents?" + query.replace("%", "%25")).path("total").asInt()).isEqualTo(total);
	}

	@ParameterizedTest
	@CsvSource({ "status=ajar, status", "severity=bad, severity", "q=a, q", "from=yesterday, from", "cursor=x, cursor",
			"cursor=MjAyNi0wMS0xOVQwMTowMDowMFogeA&offset=1, offset" })
	void aParameterThatDoesNotDoIsNamed(String query, String parameter) {
		this.api.getRaw("/query/incidents?" + query)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value((detail) -> assertThat((String) detail).contains("'" + parameter + "'"));
	}

	@Test
	void aCursorLeadsThroughAllOfThemOnce() {
		List<String> seen = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = get("/query/incidents?limit=1&cursor=" + cursor);
			page.path("items").forEach((item) -> seen.add(item.path("id").asString()));
			assertThat(page.path("total").asInt()).isEqualTo(4);
			cursor = page.path("next_cursor").isNull() ? "" : page.path("next_cursor").asString();
		}
		while (!cursor.isEmpty());
		assertThat(seen).containsExactly("00000000-0000-0000-0000-000000000004", SECOND,
				"00000000-0000-0000-0000-000000000003", FIRST);
	}

	@Test
	void facetsCountWhatAnotherChoiceWouldFind() {
		JsonNode facets = get("/query/incidents/facets?status=acknowledged&service=payment");
		assertThat(facets.path("total").asInt()).isEqualTo(1);
		assertThat(facets.path("state")).extracting((count) -> count.path("value").asString())
			.containsExactlyInAnyOrder("resolved", "acknowledged");
		assertThat(facets.path("service")).extracting((count) -> count.path("value").asString())
			.containsExactlyInAnyOrder("gateway", "payment");
		assertThat(facets.path("assignee").get(0).path("value").isNull()).isTrue();
	}

	@Test
	void theStateStandsBesideTheOriginalStatus() {
		JsonNode snoozed = get("/query/incidents/00000000-0000-0000-0000-000000000003");
		assertThat(snoozed.path("status").asString()).isEqualTo("investigating");
		assertThat(snoozed.path("state").asString()).isEqualTo("snoozed");
		assertThat(snoozed.path("snooze").path("until_escalates").asBoolean()).isTrue();
		assertThat(snoozed.path("merged_from").get(0).path("title").asString()).isEqualTo("stock: late");
		JsonNode merged = get("/query/incidents/00000000-0000-0000-0000-000000000004");
		assertThat(merged.path("status").asString()).isEqualTo("closed");
		assertThat(merged.path("merged_into").asString()).endsWith("3");
	}

	@Test
	void anIncidentShowsItsTimelineAndWhereItWasSeenBefore() {
		JsonNode incident = get("/query/incidents/" + SECOND);
		assertThat(incident.path("timeline"))
			.extracting((entry) -> entry.path("kind").asString() + ": " + entry.path("what").asString())
			.containsExactly("change: 1.4.1 -> 1.4.2", "anomaly: first sign of trouble", "problem: Card declined",
					"problem: Bad gateway", "analysis: LIKELY", "action: acknowledged");
		assertThat(incident.path("timeline").get(0).path("link").asString()).isEqualTo("https://ci.example.org/7");
		assertThat(incident.path("seen_before")).hasSize(1);
		JsonNode before = incident.path("seen_before").get(0);
		assertThat(before.path("id").asString()).isEqualTo(FIRST);
		assertThat(before.path("resolved_by").asString()).isEqualTo("ada");
		assertThat(before.path("note").asString()).isEqualTo("rolled back");
		assertThat(incident.path("problems").get(0).path("state").asString()).isEqualTo("regressed");
		assertThat(incident.path("members").get(0).path("subject_kind").asString()).isEqualTo("trace");
		assertThat(incident.path("members").get(0).path("origin").asBoolean()).isTrue();
	}

	@Test
	void timesToAcknowledgeAndToResolveComeFromTheHistory() {
		JsonNode stats = get("/query/incidents/stats?from=2026-01-18&to=2026-01-21");
		assertThat(stats.path("incidents").asInt()).isEqualTo(3);
		assertThat(stats.path("acknowledged").asInt()).isEqualTo(2);
		assertThat(stats.path("mtta").path("mean_seconds").asDouble()).isEqualTo(180);
		assertThat(stats.path("mtta").path("median_seconds").asDouble()).isEqualTo(180);
		// Half an hour of waiting for more is no part of it.
		assertThat(stats.path("mttr").path("mean_seconds").asDouble()).isEqualTo(1800);
		assertThat(stats.path("auto_resolved").asInt()).isEqualTo(1);
		JsonNode none = get("/query/incidents/stats?from=2026-01-18&to=2026-01-21&service=stock");
		assertThat(none.path("incidents").asInt()).isEqualTo(1);
		assertThat(none.path("mtta").isNull()).isTrue();
		assertThat(none.path("mttr").isNull()).isTrue();
	}

	@Test
	void everyAnalysisStaysReadableWithWhatWasSaidOfIt() {
		JsonNode history = get("/query/incidents/" + FIRST + "/analyses").path("items");
		assertThat(history).extracting((analysis) -> analysis.path("method_version").asString())
			.containsExactly("2", "1");
		assertThat(history.get(0).path("likely_cause").asString()).isEqualTo("payment");
		assertThat(history.get(0).path("feedback")).hasSize(1);
		assertThat(history.get(0).path("feedback").get(0).path("note").asString()).isEqualTo("yes");
		assertThat(get("/query/incidents/" + FIRST + "/analysis?version=1").path("root_cause").asString())
			.isEqualTo("old");
		assertThat(get("/query/incidents/" + FIRST + "/analysis").path("root_cause").asString()).isEqualTo("new");
		this.api.get("/query/incidents/{id}/analyses", "00000000-0000-0000-0000-000000000009")
			.expectStatus()
			.isNotFound();
	}

	@Test
	void accuracyCountsTheNewestWordOfEachByTheRankOfTheTruth() {
		JsonNode accuracy = get("/query/analysis/accuracy");
		assertThat(accuracy.path("judged").asInt()).isEqualTo(4);
		assertThat(accuracy.path("right").asInt()).isEqualTo(1);
		assertThat(accuracy.path("by_verdict").toString()).isEqualTo(
				"[{\"verdict\":\"CONCLUSIVE\",\"right\":1,\"wrong\":0},{\"verdict\":\"LIKELY\",\"right\":0,\"wrong\":3}]");
		assertThat(accuracy.path("by_rank").toString())
			.isEqualTo("[{\"rank\":1,\"count\":1},{\"rank\":2,\"count\":2},{\"rank\":null,\"count\":1}]");
		assertThat(get("/query/analysis/accuracy?from=2027-01-01").path("judged").asInt()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "'', 4", "state=regressed, 1", "state=new, 1", "state=ignored, 1", "state=ongoing, 1",
			"'state=new,regressed', 2", "service=stock, 2", "severity=high, 2", "q=CARD, 1" })
	void problemsAreFoundByWhatTheyAreNow(String query, int found) {
		assertThat(get("/query/problems?" + query).path("items")).hasSize(found);
	}

	@Test
	void aProblemKnowsItsIncidents() {
		JsonNode problem = get("/query/problems/f1");
		assertThat(problem.path("incidents").asInt()).isEqualTo(2);
		assertThat(problem.path("signals").asInt()).isEqualTo(4);
		assertThat(problem.path("latest_incident").asString()).isEqualTo(SECOND);
		JsonNode page = get("/query/problems?limit=3");
		JsonNode rest = get("/query/problems?limit=3&cursor=" + page.path("next_cursor").asString());
		assertThat(rest.path("items")).hasSize(1);
		assertThat(rest.path("next_cursor").isNull()).isTrue();
		this.api.get("/query/problems/{fingerprint}", "unheard-of").expectStatus().isNotFound();
	}

	@Test
	void theBacklogCountsWhatWaitsInThisProjectOnly() {
		this.api.get("/query/analysis/backlog")
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{\"rollup\": 2, \"analyse\": 1}", JsonCompareMode.STRICT);
	}

	@Test
	void theEvidenceOfAnotherProjectsIncidentIsNobodysBusiness() {
		this.api.get("/query/incidents/00000000-0000-0000-0000-000000000009/evidence").expectStatus().isNotFound();
		this.api.get("/query/incidents/no-uuid/evidence").expectStatus().is4xxClientError();
	}

	@Test
	void changesOfTheProjectAreListed() {
		assertThat(get("/query/changes").path("items")).hasSize(3);
		assertThat(get("/query/changes?service=payment&from=2026-01-15").path("items")).hasSize(1);
	}

	private JsonNode get(String uri) {
		String body = this.api.getRaw(uri)
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return JsonMapper.shared().readTree(String.valueOf(body));
	}

}
