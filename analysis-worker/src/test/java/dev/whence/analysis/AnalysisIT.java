package dev.whence.analysis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.whence.model.LogRecord;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.SignalsIngested;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.EventWire;
import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** From stored problems to incidents and causes, on a real PostgreSQL. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open", "whence.incident.settle=200ms",
				"whence.analysis.job.sweep=1s", "whence.analysis.job.poll=50ms" })
@WithPostgres
class AnalysisIT {

	private static final ProjectId PROJECT = ProjectId.DEFAULT;

	@Autowired
	SignalWriter writer;

	@Autowired
	EventWire wire;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	// Every story has its own services, so that its problems look like nobody else's.
	String shop;

	Instant time = Instant.now();

	@BeforeEach
	void nameTheShop() {
		this.shop = UUID.randomUUID().toString().substring(0, 8);
	}

	@Test
	void aFailingTraceBecomesOneIncidentWithTheDeepestServiceAsItsCause() {
		TraceId trace = failingCheckout();
		announce(trace);
		Map<String, Object> incident = analyzedIncident(trace);
		assertThat(incident).containsEntry("severity", "HIGH").containsEntry("status", "OPEN");
		assertThat(array(incident, "affected_services")).containsExactly("gateway-" + this.shop,
				"payment-" + this.shop);
		assertThat(incident.get("root_cause").toString()).contains("payment-" + this.shop + ": Payment declined");
		assertThat(incident.get("verdict")).isEqualTo("LIKELY");
		assertThat(array(incident, "evidence_signals")).isNotEmpty();
	}

	@Test
	void theErrorsOfATraceWhoseClockIsDaysOffAreItsEvidence() {
		this.time = this.time.minus(Duration.ofDays(8));
		TraceId trace = failingCheckout();
		announce(trace);
		assertThat(analyzedIncident(trace).get("root_cause").toString())
			.contains("payment-" + this.shop + ": Payment declined");
	}

	@Test
	void aStormOfTracesWithTheSameProblemIsOneIncident() {
		List<TraceId> traces = IntStream.range(0, 20).mapToObj((_) -> failingCheckout()).toList();
		traces.forEach(this::announce);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(incidentsOf(traces)).singleElement().satisfies((incident) -> {
				assertThat(incident.get("version")).isEqualTo(incident.get("analyzed_version"));
				assertThat(((Number) incident.get("traces")).intValue()).isEqualTo(20);
			}));
		assertThat(analyzedIncident(traces.getLast()).get("verdict")).isEqualTo("CONCLUSIVE");
	}

	@Test
	void aHundredCopiesOfOneEventGiveOneIncidentAndOneAnalysis() {
		TraceId trace = failingCheckout();
		IntStream.range(0, 100).forEach((_) -> announce(trace));
		Map<String, Object> incident = analyzedIncident(trace);
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					this.jdbc.sql("select count(*) from incidents.job where wanted_version > done_version")
						.query(Long.class)
						.single())
				.isZero());
		assertThat(this.jdbc.sql("select count(*) from incidents.analysis where incident_id = ?")
			.param(incident.get("id"))
			.query(Long.class)
			.single()).isEqualTo(1);
		assertThat(incident).containsEntry("version", 1L);
	}

	@Test
	void aProblemThatTheWireForgotIsFoundBySweeping() {
		TraceId trace = failingCheckout();
		assertThat(analyzedIncident(trace)).containsEntry("severity", "HIGH");
	}

	@Test
	void anIncidentCanBeAcknowledgedAndResolvedAndComesBackWithItsProblem() {
		TraceId trace = failingCheckout();
		announce(trace);
		Object id = analyzedIncident(trace).get("id");
		assertThat(move(id, "acknowledge")).isEqualTo("investigating");
		assertThat(move(id, "resolve")).isEqualTo("resolved");
		assertThat(move(id, "resolve")).isEqualTo("resolved");
		this.time = this.time.plusSeconds(5);
		TraceId again = failingCheckout();
		announce(again);
		Awaitility.await()
			.untilAsserted(() -> assertThat(incidentsOf(List.of(trace, again))).singleElement()
				.satisfies((incident) -> assertThat(incident).containsEntry("status", "OPEN")));
		assertThat(this.jdbc.sql("select change from incidents.incident_event where incident_id = ? order by id")
			.param(id)
			.query(String.class)
			.list()).containsSubsequence("opened", "analyzed", "acknowledged", "resolved", "reopened");
	}

	@Test
	void whatCannotBeMovedIsSaid() {
		RestTestClient client = client();
		client.post().uri("/query/incidents/{id}/resolve", UUID.randomUUID()).exchange().expectStatus().isNotFound();
		client.post().uri("/query/incidents/not-a-uuid/resolve").exchange().expectStatus().isNotFound();
		client.post().uri("/query/incidents/{id}/explode", UUID.randomUUID()).exchange().expectStatus().isNotFound();
		client.post()
			.uri("/query/incidents/{id}/resolve", UUID.randomUUID())
			.contentType(MediaType.APPLICATION_JSON)
			.body("{")
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void theFirstWriterOfAnAnalysisWinsWhateverTheFenceSays() {
		TraceId trace = failingCheckout();
		announce(trace);
		Map<String, Object> incident = analyzedIncident(trace);
		int second = this.jdbc
			.sql("""
					insert into incidents.analysis (id, project_id, incident_id, incident_version, attempt, root_cause, verdict,
					                                confidence_score, evidence_signals, ai_explanation)
					select gen_random_uuid(), project_id, incident_id, incident_version, attempt + 1, 'other', verdict, 0,
					       evidence_signals, ai_explanation from incidents.analysis where incident_id = ?
					on conflict (project_id, incident_id, incident_version) do nothing
					""")
			.param(incident.get("id"))
			.update();
		assertThat(second).isZero();
	}

	private String move(Object id, String transition) {
		return client().post()
			.uri("/query/incidents/{id}/{transition}", id, transition)
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"actor\":\"ada\",\"comment\":\"on it\"}")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Moved.class)
			.returnResult()
			.getResponseBody()
			.status();
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	/** The gateway calls payment; payment fails, and so the gateway fails. */
	private TraceId failingCheckout() {
		TraceId trace = new TraceId("req-" + UUID.randomUUID());
		String gateway = "gateway-" + this.shop;
		String payment = "payment-" + this.shop;
		Span root = span(trace, "s1", null, gateway, "POST /checkout", Duration.ofMillis(200));
		Span child = span(trace, "s2", "s1", payment, "POST /pay", Duration.ofMillis(100));
		LogRecord log = new LogRecord(UUID.randomUUID(), trace, "s2", payment, this.time.plusMillis(90), "ERROR",
				"Payment declined by issuer", Map.of(), Map.of(), Map.of());
		write(root, Severity.HIGH, "root-" + gateway, "POST /checkout failed");
		write(child, Severity.MEDIUM, "pay-" + payment, "POST /pay failed");
		write(log, Severity.HIGH, "log-" + payment, "Payment declined by issuer");
		return trace;
	}

	private Span span(TraceId trace, String id, @Nullable String parent, String service, String name,
			Duration duration) {
		return new Span(UUID.randomUUID(), trace, id, parent, service, name, SpanKind.SERVER, this.time, duration,
				"ERROR", null, Map.of(), Map.of(), Map.of());
	}

	private void write(Signal signal, Severity severity, String fingerprint, String title) {
		Problem problem = new Problem(signal.signalId(), signal.type(), signal.traceId(), signal.serviceName(),
				signal.timestamp(), severity, fingerprint, title);
		this.writer.write(PROJECT, List.of(new Submission(signal, problem, true, 1)));
	}

	private void announce(TraceId trace) {
		this.wire.send(EventCodec.encode(new SignalsIngested(UUID.randomUUID(), Instant.now(), PROJECT,
				new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value()))))
			.join();
	}

	private Map<String, Object> analyzedIncident(TraceId trace) {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.jdbc.sql("""
				select i.*, a.root_cause, a.verdict, a.evidence_signals from incidents.incident_view i
				join incidents.incident_trace_view t on t.incident_id = i.id
				join incidents.analysis_view a on a.incident_id = i.id and a.incident_version = i.version
				where t.trace_id = ?
				""").param(trace.value()).query().listOfRows(), (rows) -> rows.size() == 1).getFirst();
	}

	private List<Map<String, Object>> incidentsOf(List<TraceId> traces) {
		return this.jdbc.sql("""
				select i.id, i.status, i.version, i.analyzed_version, count(*) as traces from incidents.incident_view i
				join incidents.incident_trace_view t on t.incident_id = i.id
				where t.trace_id = any(?) group by i.id, i.status, i.version, i.analyzed_version
				""").param(traces.stream().map(TraceId::value).toArray(String[]::new)).query().listOfRows();
	}

	private static Object[] array(Map<String, Object> row, String column) {
		try {
			return (Object[]) ((java.sql.Array) row.get(column)).getArray();
		}
		catch (java.sql.SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Moved(String id, String status) {
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Writing {

		// Announcing is left to each story.
		@Bean
		ProblemAnnouncer announcer() {
			return (_, _) -> List.of();
		}

	}

}
