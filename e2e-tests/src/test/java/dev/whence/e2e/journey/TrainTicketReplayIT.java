package dev.whence.e2e.journey;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Repository;
import dev.whence.e2e.platform.Whence;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real fault of the TrainTicket system (Nezha, FSE 2023, case tt-001) sent signal by
 * signal through the gateway.
 */
class TrainTicketReplayIT {

	private static final Logger logger = LoggerFactory.getLogger(TrainTicketReplayIT.class);

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final UUID URL_NAMESPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

	private static final Map<String, String> PATHS = Map.of("log", "/ingest/logs", "trace", "/ingest/traces", "metric",
			"/ingest/metrics");

	/** The day of the case; nothing else that the tests send is of that day. */
	private static final Map<String, String> DAY = Map.of("start_time", "2023-01-29T00:00:00Z", "end_time",
			"2023-01-29T23:59:59Z");

	private final GatewayClient gateway = Whence.running().gateway();

	private final Incidents incidents = new Incidents(this.gateway);

	@Test
	void everySignalIsStoredAndTheFaultGetsARankedAnswer() throws Exception {
		List<ObjectNode> signals = signals("nezha-tt", "tt-001");
		long begun = System.nanoTime();
		assertThat(refused(signals)).isEmpty();
		Duration sending = Duration.ofNanos(System.nanoTime() - begun);

		Map<String, Long> sent = signals.stream()
			.collect(Collectors.groupingBy((signal) -> signal.get("signal").asString(), Collectors.counting()));
		sent.forEach((type, number) -> assertThat(total(type)).as(type).isEqualTo(number));

		List<JsonNode> opened = Awaitility.await("incidents of the case")
			.atMost(Incidents.PATIENCE)
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> this.incidents.all()
				.stream()
				.filter((incident) -> Incidents.texts(incident.get("affected_services"))
					.stream()
					.anyMatch((service) -> service.startsWith("ts-")))
				.toList(), (found) -> !found.isEmpty());
		logger.info("tt-001: {} signals in {} s, {} incidents; the labelled root cause is ts-travel-service",
				signals.size(), sending.toSeconds(), opened.size());
		for (JsonNode incident : opened) {
			JsonNode analysis = this.incidents.awaitAnalysis(incident.get("id").asString());
			logger.info("tt-001: {} about {}, confidence {}, {} pieces of evidence:\n{}",
					incident.get("severity").asString(), Incidents.texts(incident.get("affected_services")),
					analysis.get("confidence_score"), analysis.get("evidence_signals").size(),
					analysis.get("root_cause").asString());
			assertThat(analysis.get("root_cause").asString()).isNotBlank();
		}
	}

	// Sixteen senders; each waits for its answer, as the original clients do.
	private Queue<String> refused(List<ObjectNode> signals) {
		Queue<String> refused = new ConcurrentLinkedQueue<>();
		Semaphore senders = new Semaphore(16);
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (ObjectNode signal : signals) {
				senders.acquireUninterruptibly();
				executor.submit(() -> {
					try {
						ObjectNode body = signal.deepCopy();
						body.remove("signal");
						Reply reply = this.gateway.post(PATHS.get(signal.get("signal").asString()), body);
						if (reply.status() != 202) {
							refused.add(reply.status() + " " + reply.body() + " for " + body);
						}
					}
					catch (RuntimeException ex) {
						refused.add(ex.toString());
					}
					finally {
						senders.release();
					}
				});
			}
		}
		return refused;
	}

	private long total(String type) {
		Map<String, Object> query = new LinkedHashMap<>(DAY);
		query.put("signal_type", type);
		query.put("limit", 1);
		Reply reply = this.gateway.get("/query/signals", query);
		assertThat(reply.status()).as(reply.body()).isEqualTo(200);
		return reply.json().get("total").asLong();
	}

	private static List<ObjectNode> signals(String dataset, String caseId) throws IOException, InterruptedException {
		Path archive = Repository.shared("data/rca.tar.xz");
		byte[] content = extract(archive, "datasets/" + dataset + "/dev/cases/" + caseId + ".jsonl.gz");
		List<String> lines = new String(new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes(),
				StandardCharsets.UTF_8)
			.lines()
			.toList();
		return IntStream.range(0, lines.size()).mapToObj((n) -> {
			ObjectNode signal = (ObjectNode) JSON.readTree(lines.get(n));
			signal.put("signal_id", uuid5(dataset + "/" + caseId + "/" + (n + 1)).toString());
			return signal;
		}).toList();
	}

	// The JDK knows neither xz nor tar; every machine that holds the archive does.
	private static byte[] extract(Path archive, String entry) throws IOException, InterruptedException {
		Process tar = new ProcessBuilder("tar", "-xJOf", archive.toString(), entry)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (InputStream output = tar.getInputStream()) {
			byte[] content = output.readAllBytes();
			assertThat(tar.waitFor()).as("tar -xJOf %s %s", archive, entry).isZero();
			return content;
		}
	}

	/** RFC 9562, section 5.5, in the URL namespace. */
	private static UUID uuid5(String name) {
		try {
			MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
			sha1.update(ByteBuffer.allocate(16)
				.putLong(URL_NAMESPACE.getMostSignificantBits())
				.putLong(URL_NAMESPACE.getLeastSignificantBits())
				.array());
			ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
			long high = (hash.getLong() & ~0xF000L) | 0x5000L;
			long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
			return new UUID(high, low);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
