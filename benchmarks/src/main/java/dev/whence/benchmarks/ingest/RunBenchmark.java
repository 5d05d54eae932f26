package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.benchmarks.ingest.load.Load;
import dev.whence.benchmarks.ingest.load.Payload;
import dev.whence.benchmarks.ingest.machine.ServiceProcess;

/**
 * Decision runs: how fast their events are stored, in batches of 100 as X-Ray's clients
 * send them, and how long it takes to answer questions about a million steps. Options are
 * those of {@link IngestBenchmark}, as far as they apply.
 */
public final class RunBenchmark {

	private static final int BATCH = 100;

	private static final int CONNECTIONS = 8;

	private static final long STEPS = 1_000_000;

	private static final int LONG_RUN = 1_000;

	private static final int ASKED = 50;

	/** A service that was just started answers several times as slowly. */
	private static final int ASKED_BEFORE = 500;

	private static final String TABLE = "signals.run_event";

	private final Laboratory laboratory;

	private final Options options;

	private final HttpClient http = HttpClient.newHttpClient();

	private RunBenchmark(Laboratory laboratory) {
		this.laboratory = laboratory;
		this.options = laboratory.options();
	}

	public static void main(String[] arguments) throws IOException {
		Path root = Path.of(System.getProperty("whence.root", "")).toAbsolutePath();
		try (Laboratory laboratory = new Laboratory(Options.parse(root, arguments), root)) {
			RunBenchmark benchmark = new RunBenchmark(laboratory);
			benchmark.store();
			benchmark.ask(root);
		}
	}

	private void store() {
		Payload payload = Payload.steps(BATCH, this.options.key());
		long[] acknowledged = { send(payload, this.options.warmUp()).records() };
		List<Sample> samples = this.laboratory.repeat(() -> {
			Load.Result result = send(payload, this.options.time());
			acknowledged[0] += result.records();
			return OtlpRung.work(result);
		});
		requireExactlyOnce(acknowledged[0]);
		this.laboratory.report(RungResult.of("r", "events of runs in " + BATCH + ", " + CONNECTIONS + " connections",
				samples, Map.of("sent bytes", Math.round(payload.bytesPerRecord()), "stored bytes",
						Math.round(Tables.rowBytes(this.laboratory.database(), TABLE)))));
	}

	private void ask(Path root) {
		Payload payload = Payload.steps(BATCH, this.options.key());
		long missing = STEPS * 10 / 9 - stored();
		if (missing > 0) {
			Load.requests(missing / BATCH + 1, this.laboratory.ingest().address(), payload, this.laboratory.newStream(),
					CONNECTIONS);
		}
		UUID longRun = storeLongRun();
		System.out.printf("%,d events are stored%n", stored());
		Map<String, String> environment = new TreeMap<>(Map.of("DATABASE_URL", this.laboratory.database().url()));
		if (this.options.key().isEmpty()) {
			environment.put("WHENCE_SECURITY_MODE", "open");
		}
		else {
			environment.put("WHENCE_BOOTSTRAP_KEY", this.options.key());
		}
		try (ServiceProcess query = ServiceProcess.start(root, "query-service", this.options.jvm(), environment,
				this.options.out().resolve("ingest-benchmark"))) {
			time(query, "a run of " + LONG_RUN + " steps", "/analyze/" + longRun);
			time(query, "filters that dropped 90 %", "/steps?type=filter&min_drop_rate=0.9");
			time(query, "filters that dropped 99.99 %", "/steps?type=filter&min_drop_rate=0.9999");
			time(query, "filters that dropped more than all", "/steps?type=filter&min_drop_rate=1.5");
			time(query, "the latest 100 runs", "/runs");
			time(query, "the trend of 50 runs", "/runs/trend?last=50&name=competitor%20search");
		}
	}

	private void time(ServiceProcess query, String what, String path) {
		IntStream.range(0, ASKED_BEFORE).forEach((_) -> get(query, path));
		long[] nanos = new long[ASKED];
		int bytes = 0;
		for (int i = 0; i < ASKED; i++) {
			long begun = System.nanoTime();
			bytes = get(query, path).length();
			nanos[i] = System.nanoTime() - begun;
		}
		Arrays.sort(nanos);
		System.out.printf("%-40s median %7.1f ms, worst of %d %7.1f ms, %,d bytes%n", what, nanos[ASKED / 2] / 1e6,
				ASKED, nanos[ASKED - 1] / 1e6, bytes);
	}

	private UUID storeLongRun() {
		UUID run = UUID.randomUUID();
		String events = IntStream.range(0, LONG_RUN)
			.mapToObj((step) -> """
					{"type":"step_complete","data":{"id":"%s","run_id":"%s","name":"filter %d","type":"filter",\
					"inputs":{"candidate_count":100},"outputs":{"survivor_count":10,"survivors":[1,2,3]},\
					"metadata":{"rejection_histogram":{"price":90},"drop_rate":0.9,"total_count":100},\
					"started_at":"%s","completed_at":"%s"}}""".formatted(UUID.randomUUID(), run, step, Instant.now(),
					Instant.now()))
			.collect(Collectors.joining(",", "{\"events\":[", "]}"));
		send(HttpRequest.newBuilder(URI.create(this.laboratory.ingest().url() + "/ingest"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(events)));
		return run;
	}

	private String get(ServiceProcess query, String path) {
		return send(HttpRequest.newBuilder(URI.create(query.url() + path)));
	}

	private String send(HttpRequest.Builder request) {
		if (!this.options.key().isEmpty()) {
			request.header("Authorization", "Bearer " + this.options.key());
		}
		try {
			HttpResponse<String> answer = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
			}
			return answer.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private Load.Result send(Payload payload, Duration time) {
		return Load.during(time, this.laboratory.ingest().address(), payload, this.laboratory.newStream(), CONNECTIONS);
	}

	private long stored() {
		return Long.parseLong(this.laboratory.database().query("select count(*) from " + TABLE).getFirst());
	}

	private void requireExactlyOnce(long acknowledged) {
		String found = this.laboratory.database()
			.query("select count(*) || ' rows, ' || count(distinct event_id) || ' events' from " + TABLE)
			.getFirst();
		if (!found.equals(acknowledged + " rows, " + acknowledged + " events")) {
			throw new IllegalStateException(acknowledged + " events were acknowledged, but " + TABLE + " has " + found);
		}
	}

}
