package dev.whence.analysis.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts over HTTP, on a real PostgreSQL: from a post to an incident. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open", "whence.incident.settle=200ms",
				"whence.analysis.job.poll=50ms", "whence.alert.max-body=64KB", "whence.alert.max-alerts=50" })
@WithPostgres
class AlertsIT {

	@Autowired
	JdbcClient jdbc;

	@Autowired
	AlertIntake intake;

	@LocalServerPort
	int port;

	String service;

	@BeforeEach
	void startAfresh() {
		this.service = "shop-" + UUID.randomUUID().toString().substring(0, 8);
		// A running job of the story before would lock the same tables in another order;
		// one that rests finds nothing any more.
		Awaitility.await().until(() -> this.jdbc.sql("""
				select count(*) from incidents.job
				where wanted_version > done_version and (not_before <= now() or lease_until > now())
				""").query(Long.class).single() == 0);
		this.jdbc.sql("truncate incidents.incident, incidents.observation cascade").update();
	}

	@Test
	void aFiringAlertOpensAnIncidentAndIsListedWithIt() {
		post("[" + alert("HighLatency", "critical", Instant.now(), null) + "]", 200);
		JsonNode listed = Awaitility.await()
			.until(this::active, (alerts) -> alerts.size() == 1 && alerts.get(0).has("incident_id"))
			.get(0);
		assertThat(listed.path("labels").path("alertname").asString()).isEqualTo("HighLatency");
		assertThat(listed.path("annotations").path("summary").asString()).isEqualTo("p99 is 3 s");
		assertThat(listed.path("status").path("state").asString()).isEqualTo("active");
		assertThat(listed.path("receivers").get(0).path("name").asString()).isEqualTo("whence");
		assertThat(listed.path("fingerprint").asString()).hasSize(16);
		assertThat(Instant.parse(listed.path("endsAt").asString())).isAfter(Instant.now().plusSeconds(200));
		assertThat(this.jdbc.sql("select title, severity from incidents.incident_view where id = ?::uuid")
			.param(listed.path("incident_id").asString())
			.query()
			.singleRow()).containsEntry("severity", "CRITICAL")
			.containsEntry("title", this.service + ": HighLatency: p99 is 3 s");
	}

	@Test
	void postingTheSameAgainChangesNothing() {
		String body = "[" + alert("Again", "warning", Instant.now().minusSeconds(60), null) + "]";
		post(body, 200);
		awaitIncident();
		Map<String, Object> before = incident();
		post(body, 200);
		post(body, 200);
		assertThat(firings()).hasSize(1);
		assertThat(this.jdbc.sql("""
				select count(*) from incidents.job where kind = 'GROUP' and wanted_version > done_version""")
			.query(Long.class)
			.single()).isZero();
		assertThat(incident()).isEqualTo(before);
	}

	@Test
	void anAlertWithoutAStartIsOneFiringHoweverOftenItIsPosted() {
		String body = "[{\"labels\":{\"alertname\":\"Now\",\"service\":\"" + this.service + "\"}}]";
		post(body, 200);
		post(body, 200);
		assertThat(firings()).hasSize(1);
		post("[{\"labels\":{\"alertname\":\"Now\",\"service\":\"" + this.service + "\"},\"endsAt\":\""
				+ Instant.now().minusMillis(1) + "\"}]", 200);
		assertThat(firings()).singleElement().satisfies((row) -> assertThat(row.get("ends_at")).isNotNull());
	}

	@Test
	void anEndInThePastClosesAndALaterStartIsAnotherFiring() {
		Instant start = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
		post("[" + alert("Flap", "error", start, null) + "]", 200);
		post("[" + alert("Flap", "error", start, start.plusSeconds(60)) + "]", 200);
		post("[" + alert("Flap", "error", start, null) + "]", 200);
		assertThat(firings()).singleElement().satisfies((row) -> assertThat(row.get("ends_at")).isNotNull());
		post("[" + alert("Flap", "error", start.plusSeconds(90), null) + "]", 200);
		assertThat(firings()).hasSize(2);
		assertThat(active()).hasSize(1);
	}

	@Test
	void anEndInTheFutureIsWhenItEndsUnlessPostedAgain() {
		Instant start = Instant.now().minusSeconds(60);
		post("[" + alert("Soon", "error", start, Instant.now().plusSeconds(2)) + "]", 200);
		assertThat(active()).hasSize(1);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> active().isEmpty());
		this.intake.expire();
		assertThat(firings()).singleElement().satisfies((row) -> assertThat(row.get("ends_at")).isNotNull());
		post("[" + alert("Soon", "error", start, Instant.now().plusSeconds(60)) + "]", 200);
		assertThat(firings()).as("its end was only assumed").hasSize(1);
		assertThat(active()).hasSize(1);
	}

	@Test
	void whatIsWrongIsNamedAndDoesNotCostItsNeighbours() {
		JsonNode problem = post("[" + alert("Good", "error", Instant.now(), null)
				+ ", {\"labels\":{}}, {\"labels\":{\"a\":\"b\"},\"startsAt\":\"yesterday\"}, 7,"
				+ " {\"labels\":{\"a\":1}}, {\"labels\":{\"a\":\"b\\u0000\"}},"
				+ " {\"labels\":{\"a\":\"b\"},\"startsAt\":\"2026-01-02T00:00:00Z\",\"endsAt\":\"2026-01-01T00:00:00Z\"}]",
				422);
		assertThat(problem.path("errors").findValuesAsString("pointer")).containsExactly("/1/labels", "/2/startsAt",
				"/3", "/4/labels/a", "/5/labels/a", "/6/endsAt");
		assertThat(problem.path("detail").asString()).contains("6 alerts", "the other 1");
		assertThat(firings()).hasSize(1);
	}

	@Test
	void bodiesThatAreNoListOrTooLargeAreRefused() {
		post("{\"alerts\":[]}", 400);
		post("[{", 400);
		post("[" + "{},".repeat(50) + "{}]", 413);
		post("[\"" + "x".repeat(70_000) + "\"]", 413);
		post("[]", 200);
	}

	@Test
	void theWebhookOfAlertmanagerIsTakenToo() {
		String head = "{\"version\":\"4\",\"groupKey\":\"{}:{}\",\"status\":\"firing\",\"receiver\":\"w\",\"alerts\":[";
		Instant start = Instant.now().minusSeconds(5);
		webhook(head + "{\"status\":\"firing\",\"labels\":{\"alertname\":\"Hook\",\"service\":\"" + this.service
				+ "\"},\"annotations\":{},\"startsAt\":\"" + start
				+ "\",\"endsAt\":\"0001-01-01T00:00:00Z\",\"generatorURL\":\"\"}]}", 200);
		assertThat(active()).hasSize(1);
		webhook(head + "{\"status\":\"resolved\",\"labels\":{\"alertname\":\"Hook\",\"service\":\"" + this.service
				+ "\"},\"annotations\":{},\"startsAt\":\"" + start + "\",\"endsAt\":\"" + Instant.now()
				+ "\",\"generatorURL\":\"\"}]}", 200);
		assertThat(active()).isEmpty();
		assertThat(firings()).hasSize(1);
		webhook("{\"version\":\"3\",\"alerts\":[]}", 422);
	}

	private String alert(String name, String severity, Instant start, Instant end) {
		return "{\"labels\":{\"alertname\":\"" + name + "\",\"severity\":\"" + severity + "\",\"service\":\""
				+ this.service + "\"},\"annotations\":{\"summary\":\"p99 is 3 s\"},\"startsAt\":\"" + start + "\""
				+ ((end != null) ? ",\"endsAt\":\"" + end + "\"" : "")
				+ ",\"generatorURL\":\"http://prometheus.example/graph\"}";
	}

	private JsonNode post(String body, int status) {
		return send("/api/v2/alerts", body, status);
	}

	private void webhook(String body, int status) {
		send("/api/v2/alerts/webhook", body, status);
	}

	private JsonNode send(String path, String body, int status) {
		byte[] answer = client().post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		return JsonMapper.shared().readTree((answer == null || answer.length == 0) ? "{}".getBytes() : answer);
	}

	private JsonNode active() {
		return JsonMapper.shared()
			.readTree(client().get()
				.uri("/api/v2/alerts")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.returnResult()
				.getResponseBodyContent());
	}

	private List<Map<String, Object>> firings() {
		return this.jdbc.sql("select * from incidents.observation where service = ? order by starts_at")
			.param(this.service)
			.query()
			.listOfRows();
	}

	private void awaitIncident() {
		Awaitility.await().until(() -> !incident().isEmpty());
	}

	private Map<String, Object> incident() {
		List<Map<String, Object>> rows = this.jdbc.sql("""
				select i.id, i.version, i.severity, i.last_seen from incidents.incident i
				join incidents.observation_incident f on f.incident_id = i.id
				join incidents.observation o on o.id = f.observation_id where o.service = ?
				""").param(this.service).query().listOfRows();
		return rows.isEmpty() ? Map.of() : rows.getFirst();
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

}
