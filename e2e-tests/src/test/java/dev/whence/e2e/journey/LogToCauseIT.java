package dev.whence.e2e.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Whence;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The main job: telemetry goes in, a cause with its evidence comes out. */
class LogToCauseIT {

	private final GatewayClient gateway = Whence.running().gateway();

	private final Incidents incidents = new Incidents(this.gateway);

	// Of its own, so that no other test's trouble joins this incident.
	private final String suffix = UUID.randomUUID().toString().substring(0, 8);

	private final String front = "front-" + this.suffix;

	private final String payment = "payment-" + this.suffix;

	private final String trace = Telemetry.newTrace();

	@Test
	void failingTraceBecomesAnIncidentWithACauseAndEvidence() {
		Instant start = Instant.now().minusSeconds(5);
		Map<String, Object> checkout = Telemetry.log(this.trace, this.front, start, "INFO", "Checkout initiated");
		Map<String, Object> declined = Telemetry.log(this.trace, this.payment, start.plusMillis(150), "ERROR",
				"Payment declined by issuer");
		Map<String, Object> failed = Telemetry.log(this.trace, this.front, start.plusMillis(220), "ERROR",
				"Checkout failed: payment answered 500");
		List<Map<String, Object>> spans = List.of(
				Telemetry.span(this.trace, "s1", null, this.front, "POST /checkout", start, start.plusMillis(250),
						"ERROR"),
				Telemetry.span(this.trace, "s2", "s1", this.payment, "POST /pay", start.plusMillis(50),
						start.plusMillis(200), "ERROR"));
		spans.forEach((span) -> assertAccepted("/ingest/traces", span));
		List.of(checkout, declined, failed).forEach((log) -> assertAccepted("/ingest/logs", log));

		long sent = System.nanoTime();
		JsonNode incident = this.incidents.awaitAbout(this.trace, this.payment);
		assertThat(Duration.ofNanos(System.nanoTime() - sent))
			.as("the wire woke the worker, not the sweeper that looks every 30 s")
			.isLessThan(Duration.ofSeconds(20));
		String id = incident.get("id").asString();
		assertThat(incident.get("severity").asString()).isIn("high", "critical");
		assertThat(incident.get("status").asString()).isEqualTo("open");

		Awaitility.await().atMost(Incidents.PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
			JsonNode analysis = this.incidents.awaitAnalysis(id);
			assertThat(analysis.get("incident_id").asString()).isEqualTo(id);
			assertThat(analysis.get("root_cause").asString()).contains(this.payment);
			assertThat(Incidents.texts(analysis.get("evidence_signals"))).contains(Telemetry.id(declined))
				.isSubsetOf(Telemetry.id(declined), Telemetry.id(failed), Telemetry.id(spans.get(0)),
						Telemetry.id(spans.get(1)));
		});
		Reply detail = this.gateway.get("/query/incidents/" + id);
		assertThat(detail.status()).as(detail.body()).isEqualTo(200);
		assertThat(Incidents.texts(detail.json().get("affected_services"))).containsExactlyInAnyOrder(this.front,
				this.payment);
		assertThat(this.incidents.about(this.trace, this.payment)).as("one cascade is one incident").hasSize(1);
	}

	@Test
	void traceIsReadBackInTheOrderOfItsTimes() {
		Instant start = Instant.now().minusSeconds(5);
		Map<String, Object> second = Telemetry.log(this.trace, this.front, start.plusMillis(1), "INFO", "second");
		Map<String, Object> first = Telemetry.log(this.trace, this.front, start, "INFO", "first");
		assertAccepted("/ingest/logs", second);
		assertAccepted("/ingest/logs", first);
		Reply reply = this.gateway.get("/query/traces/" + this.trace);
		assertThat(reply.status()).as(reply.body()).isEqualTo(200);
		assertThat(Incidents.elements(reply.json()).stream().map((signal) -> signal.get("id").asString()))
			.containsExactly(Telemetry.id(first), Telemetry.id(second));
	}

	@Test
	void noiseOpensNoIncident() {
		assertAccepted("/ingest/logs",
				Telemetry.log(this.trace, this.front, Instant.now(), "INFO", "Nothing failed here, all is well"));
		// A later problem of another service proves that the noise has been passed by.
		String marker = Telemetry.newTrace();
		assertAccepted("/ingest/logs",
				Telemetry.log(marker, this.payment, Instant.now(), "ERROR", "Ledger not reachable"));
		this.incidents.awaitAbout(marker, this.payment);
		assertThat(this.incidents.about(this.trace, this.front)).isEmpty();
	}

	private void assertAccepted(String path, Map<String, Object> body) {
		Reply reply = this.gateway.post(path, body);
		assertThat(reply.status()).as(reply.body()).isEqualTo(202);
	}

}
