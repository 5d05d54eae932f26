package dev.whence.e2e.journey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Whence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Fifty clients report the same trouble in the same moment. */
class TraceRaceIT {

	private static final int CLIENTS = 50;

	private final GatewayClient gateway = Whence.running().gateway();

	private final Incidents incidents = new Incidents(this.gateway);

	@Test
	void fiftyClientsOnOneTraceMakeOneIncidentAndLoseNothing() throws InterruptedException {
		String trace = Telemetry.newTrace();
		String service = "racer-" + UUID.randomUUID().toString().substring(0, 8);
		Map<String, Object> shared = Telemetry.log(trace, service, Instant.now(), "ERROR", "Stock is locked");
		List<Map<String, Object>> own = Stream
			.generate(() -> Telemetry.log(trace, service, Instant.now(), "ERROR", "Stock is locked"))
			.limit(CLIENTS)
			.toList();
		Queue<Reply> replies = new ConcurrentLinkedQueue<>();
		CountDownLatch go = new CountDownLatch(1);
		List<Thread> clients = new ArrayList<>();
		for (Map<String, Object> log : own) {
			clients.add(Thread.ofVirtual().start(() -> {
				awaitUninterrupted(go);
				replies.add(this.gateway.post("/ingest/logs", shared));
				replies.add(this.gateway.post("/ingest/logs", log));
			}));
		}
		go.countDown();
		for (Thread client : clients) {
			client.join();
		}
		assertThat(replies).hasSize(2 * CLIENTS).extracting(Reply::status).containsOnly(202);

		List<String> stored = Incidents.elements(this.gateway.get("/query/traces/" + trace).json())
			.stream()
			.map((signal) -> signal.get("id").asString())
			.toList();
		assertThat(stored).doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(
					Stream.concat(Stream.of(shared), own.stream()).map(Telemetry::id).toList());

		String incident = this.incidents.awaitAbout(trace, service).get("id").asString();
		this.incidents.awaitAnalysis(incident);
		assertThat(this.incidents.about(trace, service)).hasSize(1);
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
