package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobsByHand;
import dev.whence.model.IncidentChanged;
import dev.whence.model.LogRecord;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.TraceId;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What people do with incidents, through the API on a real PostgreSQL. Jobs and sweeps
 * are run by hand, so that each story has its order.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open", "whence.incident.settle=0s",
				"whence.incident.lifecycle.sweep=1d" })
@Import(JobsByHand.class)
@WithPostgres
class LifecycleIT {

	private static final ProjectId PROJECT = ProjectId.DEFAULT;

	@Autowired
	SignalWriter writer;

	@Autowired
	JobQueue queue;

	@Autowired
	JobsByHand jobs;

	@Autowired
	IncidentSweep sweep;

	@Autowired
	EventWire wire;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	/** Every story has a service of its own, and so problems like nobody else's. */
	String service = "payment-" + UUID.randomUUID().toString().substring(0, 8);

	Instant time = Instant.now().minusSeconds(30);

	@BeforeEach
	void forgetOtherStories() {
		this.jobs.takeOver();
		this.jdbc.sql("update incidents.job set done_version = wanted_version").update();
	}

	@Test
	void acknowledgingTwiceMakesOneEntry() {
		UUID incident = trouble("declined");
		JsonNode first = act(incident, "acknowledge", "{\"actor\":\"ada\",\"comment\":\"on it\"}");
		JsonNode second = act(incident, "acknowledge", "{\"actor\":\"bob\"}");
		assertThat(first.path("status").asString()).isEqualTo("investigating");
		assertThat(first.path("state").asString()).isEqualTo("acknowledged");
		assertThat(first.path("changed").asBoolean()).isTrue();
		assertThat(second.path("changed").asBoolean()).isFalse();
		assertThat(second.path("revision").asLong()).isEqualTo(first.path("revision").asLong());
		assertThat(history(incident)).containsExactly("opened by whence", "acknowledged by ada");
	}

	@Test
	void ofManyWhoAcknowledgeAtOnceOneMakesTheEntryAndTheAnnouncement() throws Exception {
		UUID incident = trouble("declined");
		List<JsonNode> answers = atOnce(8, (i) -> act(incident, "acknowledge", "{\"actor\":\"person " + i + "\"}"));
		assertThat(answers).filteredOn((answer) -> answer.path("changed").asBoolean()).hasSize(1);
		assertThat(history(incident)).hasSize(2).last().asString().startsWith("acknowledged by person");
	}

	@Test
	void ofTwoWhoHaveSeenTheSameRevisionTheSecondIsToldWhatHappened() throws Exception {
		UUID incident = trouble("declined");
		String body = "{\"expected_revision\":0,\"assignee\":\"%s\"}";
		List<Integer> statuses = atOnce(2,
				(i) -> send(HttpMethod.POST, "/query/incidents/" + incident + "/assign", body.formatted("person " + i))
					.getStatus()
					.value());
		assertThat(statuses).containsExactlyInAnyOrder(200, 409);
		EntityExchangeResult<String> stale = send(HttpMethod.POST, "/query/incidents/" + incident + "/resolve",
				"{\"expected_revision\":0}");
		JsonNode problem = json(stale);
		assertThat(stale.getStatus().value()).isEqualTo(409);
		assertThat(stale.getResponseHeaders().getContentType())
			.isEqualTo(MediaType.parseMediaType("application/problem+json"));
		assertThat(problem.path("code").asString()).isEqualTo("conflict");
		assertThat(problem.path("current").path("state").asString()).isEqualTo("open");
		assertThat(problem.path("current").path("revision").asLong()).isEqualTo(1);
		assertThat(problem.path("current").path("assignee").asString()).startsWith("person");
	}

	@Test
	void anIncidentIsGivenToSomebodyAndTakenBack() {
		UUID incident = trouble("declined");
		assertThat(act(incident, "assign", "{\"assignee\":\"ada@example.org\"}").path("assignee").asString())
			.isEqualTo("ada@example.org");
		assertThat(act(incident, "assign", "{\"assignee\":\"ada@example.org\"}").path("changed").asBoolean()).isFalse();
		assertThat(act(incident, "assign", "{\"assignee\":\"\"}").path("assignee").isNull()).isTrue();
		assertThat(act(incident, "comments", "{\"comment\":\"who has it?\"}").path("changed").asBoolean()).isTrue();
		assertThat(history(incident)).containsExactly("opened by whence", "assigned by open", "unassigned by open",
				"commented by open");
	}

	@Test
	void everyTransitionIsAnnouncedUnderTheIdOfItsEntry() {
		List<UUID> heard = new CopyOnWriteArrayList<>();
		UUID incident = trouble("declined");
		try (EventWire.Subscription _ = this.wire.subscribe(IncidentChanged.TOPIC, "test", (message) -> {
			IncidentChanged event = (IncidentChanged) EventCodec.decode(message);
			if (event.incidentId().equals(incident)) {
				heard.add(event.eventId());
			}
		})) {
			act(incident, "acknowledge", "{}");
			act(incident, "acknowledge", "{}");
			act(incident, "resolve", "{}");
			List<UUID> entries = this.jdbc.sql("""
					select event_id from incidents.incident_event
					where incident_id = ? and change in ('acknowledged', 'resolved')
					""").param(incident).query(UUID.class).list();
			assertThat(entries).hasSize(2);
			Awaitility.await().untilAsserted(() -> assertThat(heard).containsAll(entries));
			assertThat(heard).doesNotHaveDuplicates();
		}
	}

	@Test
	void theHistoryCannotBeChanged() {
		UUID incident = trouble("declined");
		assertThatThrownBy(
				() -> this.jdbc.sql("update incidents.incident_event set actor = 'eve' where incident_id = ?")
					.param(incident)
					.update())
			.rootCause()
			.hasMessageContaining("append-only");
		assertThatThrownBy(() -> this.jdbc.sql("delete from incidents.incident_event where incident_id = ?")
			.param(incident)
			.update()).rootCause().hasMessageContaining("append-only");
	}

	@Test
	void whatIsOverMustBeReopenedBeforeItIsAcknowledged() {
		UUID incident = trouble("declined");
		act(incident, "resolve", "{}");
		EntityExchangeResult<String> refused = send(HttpMethod.POST, "/query/incidents/" + incident + "/acknowledge",
				"{}");
		assertThat(refused.getStatus().value()).isEqualTo(409);
		assertThat(json(refused).path("detail").asString()).contains("resolved").contains("reopen it first");
		assertThat(json(refused).path("current").path("state").asString()).isEqualTo("resolved");
		assertThat(act(incident, "reopen", "{}").path("resolved_at").isNull()).isTrue();
		assertThat(act(incident, "acknowledge", "{}").path("state").asString()).isEqualTo("acknowledged");
	}

	@Test
	void aProblemThatArrivesDuringTheResolutionIsBeforeItOrAfterIt() throws Exception {
		UUID incident = trouble("declined");
		this.time = Instant.now().plusSeconds(60);
		TraceId again = store("declined", Severity.HIGH);
		CountDownLatch start = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> grouping = threads.submit(() -> {
				start.await();
				group(again);
				return null;
			});
			Future<JsonNode> resolving = threads.submit(() -> {
				start.await();
				return act(incident, "resolve", "{\"actor\":\"ada\"}");
			});
			start.countDown();
			grouping.get();
			resolving.get();
		}
		String status = this.jdbc.sql("select status from incidents.incident where id = ?")
			.param(incident)
			.query(String.class)
			.single();
		List<String> history = history(incident);
		assertThat(history).filteredOn("resolved by ada"::equals).hasSize(1);
		assertThat(status).isEqualTo(history.contains("reopened by whence") ? "OPEN" : "RESOLVED");
	}

	@Test
	void aSnoozeEndsWhenTheTroubleEscalates() {
		UUID incident = trouble("slow", Severity.MEDIUM);
		JsonNode snoozed = act(incident, "snooze", "{\"until_escalates\":true}");
		assertThat(snoozed.path("state").asString()).isEqualTo("snoozed");
		assertThat(snoozed.path("status").asString()).isEqualTo("investigating");
		assertThat(snoozed.path("snooze").path("rate_factor").asDouble()).isEqualTo(3);
		assertThat(act(incident, "snooze", "{\"until_escalates\":true}").path("changed").asBoolean()).isFalse();
		this.sweep.sweep();
		assertThat(state(incident)).isEqualTo("SNOOZED");
		group(store("slow", Severity.HIGH));
		this.sweep.sweep();
		this.sweep.sweep();
		assertThat(state(incident)).isEqualTo("OPEN");
		assertThat(history(incident)).filteredOn("woken by whence"::equals).hasSize(1);
	}

	@Test
	void aSnoozeEndsWhenItsTimeIsUp() {
		UUID incident = trouble("declined");
		act(incident, "snooze", "{\"until\":\"" + Instant.now().plusSeconds(3600) + "\"}");
		this.sweep.sweep();
		assertThat(state(incident)).isEqualTo("SNOOZED");
		this.jdbc.sql("update incidents.incident set snoozed_until = now() - interval '1 second' where id = ?")
			.param(incident)
			.update();
		this.sweep.sweep();
		assertThat(state(incident)).isEqualTo("OPEN");
	}

	@Test
	void anIncidentThatFallsQuietIsResolvedAsOfItsLastSignal() {
		UUID incident = trouble("declined");
		this.sweep.sweep();
		assertThat(state(incident)).isEqualTo("OPEN");
		silence(incident);
		this.sweep.sweep();
		this.sweep.sweep();
		assertThat(state(incident)).isEqualTo("RESOLVED");
		Map<String, Object> entry = this.jdbc
			.sql("""
					select e.detail ->> 'reason' as reason, e.effective_at <= e.at as earlier from incidents.incident_event e
					where incident_id = ? and change = 'resolved'
					""")
			.param(incident)
			.query()
			.singleRow();
		assertThat(entry).containsEntry("reason", "quiet").containsEntry("earlier", true);
		assertThat(problem("declined").path("state").asString()).isEqualTo("resolved");
	}

	@Test
	void telemetryOfLastWeekThatArrivesNowIsNotQuiet() {
		this.time = Instant.now().minusSeconds(7 * 86_400);
		UUID incident = trouble("declined");
		this.sweep.sweep();
		assertThat(state(incident)).isEqualTo("OPEN");
	}

	@Test
	void whatIsStillObservedIsNotQuiet() {
		UUID incident = trouble("declined");
		this.jdbc
			.sql("""
					with seen as (
					    insert into incidents.observation (project_id, source, fingerprint, name, service, operation, severity,
					                                       title, labels, annotations, starts_at)
					    values (1, 'ALERT', :fingerprint, 'slow', '', '', 'HIGH', 'slow', '{}', '{}', now()) returning fingerprint)
					insert into incidents.incident_subject (incident_id, project_id, subject, signal_count)
					select :incident, 1, 'OBSERVATION:' || fingerprint, 1 from seen
					""")
			.param("fingerprint", this.service)
			.param("incident", incident)
			.update();
		silence(incident);
		this.sweep.sweep();
		assertThat(state(incident)).isEqualTo("OPEN");
		this.jdbc.sql("update incidents.observation set ends_at = now() where fingerprint = ?")
			.param(this.service)
			.update();
		this.sweep.sweep();
		assertThat(state(incident)).isEqualTo("RESOLVED");
	}

	@Test
	void ignoredProblemsOpenNoIncidentUntilThatIsTakenBack() {
		UUID incident = trouble("noise");
		assertThat(act(incident, "ignore", "{\"actor\":\"ada\",\"comment\":\"known noise\"}").path("state").asString())
			.isEqualTo("resolved");
		assertThat(problem("noise").path("state").asString()).isEqualTo("ignored");
		this.time = Instant.now().plusSeconds(900);
		TraceId again = store("noise", Severity.HIGH);
		group(again);
		assertThat(incidentsOf(again)).isEmpty();
		JsonNode first = decide("noise", "unignore");
		assertThat(first.path("changed").asBoolean()).isTrue();
		assertThat(decide("noise", "unignore").path("changed").asBoolean()).isFalse();
		group(again);
		assertThat(incidentsOf(again)).hasSize(1);
	}

	@Test
	void aProblemThatComesBackAfterItsResolutionHasRegressed() {
		trouble("flaky");
		assertThat(problem("flaky").path("state").asString()).isEqualTo("new");
		assertThat(decide("flaky", "resolve").path("state").asString()).isEqualTo("resolved");
		this.time = Instant.now().plusSeconds(60);
		group(store("flaky", Severity.HIGH));
		assertThat(problem("flaky").path("state").asString()).isEqualTo("regressed");
		assertThat(this.jdbc.sql("select change from incidents.problem_event where fingerprint = ?")
			.param(fingerprint("flaky"))
			.query(String.class)
			.list()).containsExactly("resolved");
	}

	@Test
	void aClockOfNextYearMakesAProblemRegressOnceAndNotForAYear() {
		trouble("flaky");
		decide("flaky", "resolve");
		this.time = Instant.now().plusSeconds(365 * 86_400);
		TraceId nextYear = store("flaky", Severity.HIGH);
		group(nextYear);
		assertThat(problem("flaky").path("state").asString()).isEqualTo("regressed");
		decide("flaky", "resolve");
		group(nextYear);
		assertThat(problem("flaky").path("state").asString()).isEqualTo("resolved");
	}

	@Test
	void twoIncidentsBecomeOneAndOneBecomesTwo() {
		UUID declined = trouble("declined");
		String first = this.service;
		this.service = "inventory-" + first;
		this.time = this.time.minusSeconds(7200);
		UUID empty = trouble("empty");
		assertThat(empty).isNotEqualTo(declined);
		JsonNode merged = act(empty, "merge", "{\"into\":\"" + declined + "\",\"actor\":\"ada\"}");
		assertThat(merged.path("state").asString()).isEqualTo("merged");
		assertThat(merged.path("status").asString()).isEqualTo("closed");
		assertThat(merged.path("merged_into").asString()).isEqualTo(declined.toString());
		assertThat(act(empty, "merge", "{\"into\":\"" + declined + "\"}").path("changed").asBoolean()).isFalse();
		assertThat(send(HttpMethod.POST, "/query/incidents/" + empty + "/acknowledge", "{}").getStatus().value())
			.isEqualTo(409);
		assertThat(history(declined)).contains("absorbed by ada");
		JsonNode split = act(declined, "split", "{\"fingerprints\":[\"" + fingerprint("empty") + "\"]}");
		UUID apart = UUID.fromString(split.path("split_off").asString());
		assertThat(this.jdbc.sql("select fingerprint from incidents.incident_member where incident_id = ?")
			.param(apart)
			.query(String.class)
			.list()).containsExactly(fingerprint("empty"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "merge | {} | into", "merge | {\"into\":\"SELF\"} | into",
					"merge | {\"into\":\"00000000-0000-0000-0000-0000000000ff\"} | into", "split | {} | fingerprints",
					"split | {\"fingerprints\":[\"nothing\"]} | fingerprints", "assign | {} | assignee",
					"comments | {} | comment", "comments | {\"comment\":\" \"} | comment", "snooze | {} | until",
					"snooze | {\"until\":\"2020-01-01T00:00:00Z\"} | until",
					"snooze | {\"until_escalates\":true,\"rate_factor\":0.5} | rate_factor" })
	void whatDoesNotDoIsNamed(String action, String body, String field) {
		UUID incident = trouble("declined");
		EntityExchangeResult<String> refused = send(HttpMethod.POST, "/query/incidents/" + incident + "/" + action,
				body.replace("SELF", incident.toString()));
		assertThat(refused.getStatus().value()).isEqualTo(422);
		assertThat(json(refused).path("errors").get(0).path("pointer").asString()).isEqualTo("/" + field);
	}

	@Test
	void manyAreHandledAtOnceAndEachIsAnswered() {
		UUID open = trouble("declined");
		this.service = "inventory-" + this.service;
		this.time = this.time.minusSeconds(7200);
		UUID resolved = trouble("empty");
		act(resolved, "resolve", "{}");
		UUID foreign = foreignIncident();
		JsonNode answer = json(send(HttpMethod.POST, "/query/incidents/bulk",
				"{\"action\":\"acknowledge\",\"actor\":\"ada\",\"ids\":[\"%s\",\"%s\",\"%s\",\"nonsense\",\"%s\"]}"
					.formatted(open, resolved, foreign, open)));
		assertThat(answer.path("changed").asInt()).isEqualTo(1);
		assertThat(answer.path("failed").asInt()).isEqualTo(3);
		assertThat(answer.path("results")).hasSize(4);
		assertThat(answer.path("results").get(0).path("incident").path("state").asString()).isEqualTo("acknowledged");
		assertThat(answer.path("results").get(1).path("code").asString()).isEqualTo("conflict");
		assertThat(answer.path("results").get(2).path("code").asString()).isEqualTo("not-found");
		assertThat(send(HttpMethod.POST, "/query/incidents/bulk", "{\"action\":\"explode\",\"ids\":[\"" + open + "\"]}")
			.getStatus()
			.value()).isEqualTo(422);
	}

	@Test
	void anIncidentCanBePatched() {
		UUID incident = trouble("declined");
		JsonNode patched = json(send(HttpMethod.PATCH, "/query/incidents/" + incident,
				"{\"status\":\"acknowledged\",\"assignee\":\"ada\",\"expected_revision\":0}"));
		assertThat(patched.path("state").asString()).isEqualTo("acknowledged");
		assertThat(patched.path("assignee").asString()).isEqualTo("ada");
		EntityExchangeResult<String> refused = send(HttpMethod.PATCH, "/query/incidents/" + incident,
				"{\"status\":\"gone\"}");
		assertThat(refused.getStatus().value()).isEqualTo(422);
		assertThat(json(refused).path("detail").asString()).contains("status").contains("acknowledged");
	}

	@Test
	void anIncidentOfAnotherProjectIsNotThere() {
		UUID foreign = foreignIncident();
		assertThat(send(HttpMethod.POST, "/query/incidents/" + foreign + "/resolve", "{}").getStatus().value())
			.isEqualTo(404);
		assertThat(send(HttpMethod.POST, "/query/incidents/" + foreign + "/analysis/rerun", "{}").getStatus().value())
			.isEqualTo(404);
	}

	@Test
	void anotherAnalysisIsAnotherVersionAndTheOldOneStays() {
		UUID incident = trouble("declined");
		this.jobs.runAll();
		String path = "/query/incidents/" + incident + "/analysis/rerun";
		EntityExchangeResult<String> accepted = send(HttpMethod.POST, path, "{\"actor\":\"ada\"}");
		assertThat(accepted.getStatus().value()).isEqualTo(202);
		assertThat(json(accepted).path("incident_version").asLong()).isEqualTo(2);
		assertThat(json(send(HttpMethod.POST, path, "{}")).path("incident_version").asLong()).isEqualTo(2);
		this.jdbc.sql("update incidents.job set not_before = now() where kind = 'ANALYSE'").update();
		this.jobs.runAll();
		assertThat(this.jdbc.sql("select incident_version from incidents.analysis where incident_id = ? order by 1")
			.param(incident)
			.query(Long.class)
			.list()).containsExactly(1L, 2L);
		assertThat(history(incident)).containsOnlyOnce("rerun by ada");
	}

	@Test
	void aTraceIsAnalysedAsTheOriginalDid() {
		TraceId trace = store("declined", Severity.HIGH);
		EntityExchangeResult<String> queued = send(HttpMethod.POST, "/debug/analyze/" + trace.value(), "");
		assertThat(queued.getStatus().value()).isEqualTo(202);
		assertThat(json(queued).path("status").asString()).isEqualTo("accepted");
		assertThat(json(queued).path("trace_id").asString()).isEqualTo(trace.value());
		assertThat(json(queued).path("message").asString()).isEqualTo("Analysis task queued");
		assertThat(json(queued).path("task_id").asString()).hasSize(36);
		this.jobs.runAll();
		assertThat(incidentsOf(trace)).hasSize(1);
		send(HttpMethod.POST, "/debug/analyze/" + trace.value(), "");
		this.jdbc.sql("update incidents.job set not_before = now() where kind = 'ANALYSE'").update();
		this.jobs.runAll();
		assertThat(this.jdbc.sql("select count(*) from incidents.analysis where incident_id = ?")
			.param(incidentsOf(trace).getFirst())
			.query(Long.class)
			.single()).isEqualTo(2);
		assertThat(send(HttpMethod.POST, "/debug/analyze/never-heard-of", "").getStatus().value()).isEqualTo(202);
	}

	@Test
	void whatPeopleSayOfAnAnalysisIsKeptWithItsVersion() {
		UUID quiet = trouble("slow", Severity.MEDIUM);
		assertThat(send(HttpMethod.POST, "/query/incidents/" + quiet + "/analysis/feedback", "{\"right\":true}")
			.getStatus()
			.value()).isEqualTo(404);
		this.service = "inventory-" + this.service;
		this.time = this.time.minusSeconds(7200);
		UUID incident = trouble("declined");
		String path = "/query/incidents/" + incident + "/analysis/feedback";
		this.jobs.runAll();
		JsonNode wrong = json(send(HttpMethod.POST, path,
				"{\"right\":false,\"service\":\"bank\",\"note\":\"down\",\"actor\":\"ada\"}"));
		assertThat(wrong.path("incident_version").asLong()).isEqualTo(1);
		assertThat(wrong.path("service").asString()).isEqualTo("bank");
		JsonNode again = json(send(HttpMethod.POST, path,
				"{\"right\":false,\"service\":\"bank\",\"note\":\"down\",\"actor\":\"ada\"}"));
		assertThat(again.path("id").asString()).isEqualTo(wrong.path("id").asString());
		send(HttpMethod.POST, path, "{\"right\":true,\"actor\":\"ada\"}");
		assertThat(
				this.jdbc.sql("select correct from incidents.analysis_feedback_view where incident_id = ? and latest")
					.param(incident)
					.query(Boolean.class)
					.list())
			.containsExactly(true);
		assertThat(send(HttpMethod.POST, path, "{\"note\":\"?\"}").getStatus().value()).isEqualTo(422);
		assertThat(send(HttpMethod.POST, path, "{\"right\":true,\"incident_version\":9}").getStatus().value())
			.isEqualTo(404);
	}

	@Test
	void aChangeThatIsToldTwiceIsOne() {
		String body = "{\"service\":\"" + this.service
				+ "\",\"at\":\"2026-03-01T10:00:00.123456789Z\",\"what\":\"1.4.1 -> 1.4.2\",\"kind\":\"deploy\"}";
		EntityExchangeResult<String> first = send(HttpMethod.POST, "/query/changes", body);
		EntityExchangeResult<String> second = send(HttpMethod.POST, "/query/changes", body);
		assertThat(first.getStatus().value()).isEqualTo(201);
		assertThat(second.getStatus().value()).isEqualTo(200);
		assertThat(json(second).path("id").asLong()).isEqualTo(json(first).path("id").asLong());
		EntityExchangeResult<String> refused = send(HttpMethod.POST, "/query/changes",
				"{\"service\":\"a\",\"what\":\"b\",\"link\":\"javascript:alert(1)\"}");
		assertThat(refused.getStatus().value()).isEqualTo(422);
		assertThat(json(refused).path("errors").get(0).path("pointer").asString()).isEqualTo("/link");
	}

	private UUID trouble(String title) {
		return trouble(title, Severity.HIGH);
	}

	private UUID trouble(String title, Severity severity) {
		TraceId trace = store(title, severity);
		group(trace);
		return incidentsOf(trace).getFirst();
	}

	private TraceId store(String title, Severity severity) {
		TraceId trace = new TraceId("req-" + UUID.randomUUID());
		LogRecord log = new LogRecord(UUID.randomUUID(), trace, null, this.service, this.time, "ERROR", title, Map.of(),
				Map.of(), Map.of());
		this.writer.write(PROJECT, List.of(new Submission(log, new Problem(log.signalId(), log.type(), trace,
				this.service, this.time, severity, fingerprint(title), title), true, 1)));
		return trace;
	}

	/** Runs the grouping of the trace alone; analyses wait. */
	private void group(TraceId trace) {
		this.queue.wantAnother(PROJECT, JobKind.GROUP,
				new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value()).toString());
		this.jdbc.sql("update incidents.job set not_before = now() + interval '1 hour' where kind = 'ANALYSE'")
			.update();
		this.jobs.runAll();
		this.jdbc.sql("update incidents.job set not_before = now() where kind = 'ANALYSE'").update();
	}

	private String fingerprint(String title) {
		return this.service + "." + title;
	}

	private void silence(UUID incident) {
		this.jdbc.sql("update incidents.incident set active_at = now() - interval '31 minutes' where id = ?")
			.param(incident)
			.update();
	}

	private String state(UUID incident) {
		return this.jdbc.sql("select state from incidents.incident_life_view where id = ?")
			.param(incident)
			.query(String.class)
			.single();
	}

	private List<UUID> incidentsOf(TraceId trace) {
		return this.jdbc.sql("select incident_id from incidents.incident_trace_view where trace_id = ?")
			.param(trace.value())
			.query(UUID.class)
			.list();
	}

	private UUID foreignIncident() {
		UUID id = UUID.randomUUID();
		this.jdbc
			.sql("""
					insert into incidents.incident (id, project_id, trace_id, title, status, severity, detected_at, first_seen,
					                                last_seen, affected_services, error_count, version, lock_version)
					values (?, 77, '', 'not yours', 'OPEN', 'HIGH', now(), now(), now(), '{}', 1, 1, 0)
					""")
			.param(id)
			.update();
		return id;
	}

	private List<String> history(UUID incident) {
		return this.jdbc.sql("""
				select change || ' by ' || actor from incidents.incident_event
				where incident_id = ? and change <> 'analyzed' order by id
				""").param(incident).query(String.class).list();
	}

	private JsonNode problem(String title) {
		return JsonMapper.shared().readTree(this.jdbc.sql("""
				select json_build_object('state', lower(state)) from incidents.problem_view where fingerprint = ?
				""").param(fingerprint(title)).query(String.class).single());
	}

	private JsonNode decide(String title, String decision) {
		return json(send(HttpMethod.POST, "/query/problems/" + fingerprint(title) + "/" + decision, "{}"));
	}

	private JsonNode act(UUID incident, String action, String body) {
		EntityExchangeResult<String> answer = send(HttpMethod.POST, "/query/incidents/" + incident + "/" + action,
				body);
		assertThat(answer.getStatus().value()).as(answer.getResponseBody()).isEqualTo(200);
		return json(answer);
	}

	private EntityExchangeResult<String> send(HttpMethod method, String path, String body) {
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.method(method)
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	private static JsonNode json(EntityExchangeResult<String> answer) {
		return JsonMapper.shared().readTree(String.valueOf(answer.getResponseBody()));
	}

	private static <T> List<T> atOnce(int people, IntFunction<T> action) throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<T>> futures = new ArrayList<>();
			for (int i = 0; i < people; i++) {
				int person = i;
				futures.add(threads.submit(() -> {
					start.await();
					return action.apply(person);
				}));
			}
			start.countDown();
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get());
			}
			return results;
		}
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Writing {

		@Bean
		ProblemAnnouncer announcer() {
			return (_, _) -> List.of();
		}

	}

}
