package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.whence.benchmarks.ingest.machine.Cpu;
import dev.whence.benchmarks.ingest.machine.DatabaseServer;
import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.rollup.MinuteCounter;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.jspecify.annotations.Nullable;

/**
 * What counting a minute costs: two minutes are filled with traces of six spans through
 * five services, a log for each span and a point for each of 500 series, and counted some
 * times. Prints CPU time, mostly PostgreSQL's, for each signal of the minute.
 */
public final class CountBenchmark {

	/** Patience with a busy machine, and the rights of the worker, who counts. */
	private static final String[] SETTINGS = { "--whence.signal-store.writing.patience=60s",
			"--spring.datasource.hikari.connection-init-sql=select 1" };

	private static final int TRACES = 10_000;

	private static final int SPANS = 6;

	private static final int SERIES = 500;

	private static final int BATCH = 1_000;

	private static final int ROUNDS = 7;

	private final Random random = new Random(1);

	private CountBenchmark() {
	}

	public static void main(String[] args) throws IOException {
		Path folder = Files.createTempDirectory("whence-count");
		try (var database = DatabaseServer.start(folder, Map.of());
				var context = WriterContext.start(database, SETTINGS)) {
			Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
			SignalWriter writer = WriterContext.writer(context);
			CountBenchmark benchmark = new CountBenchmark();
			benchmark.fill(writer, minute.minus(Duration.ofMinutes(1)));
			benchmark.fill(writer, minute);
			MinuteCounter counter = context.getBean(MinuteCounter.class);
			TransactionTemplate transactions = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			int signals = TRACES * SPANS * 2 + SERIES;
			for (int round = 1; round <= ROUNDS; round++) {
				long cpu = Cpu.own() + database.cpuMicros();
				long begun = System.nanoTime();
				transactions.executeWithoutResult((_) -> counter.count(ProjectId.DEFAULT, minute));
				double micros = Cpu.own() + database.cpuMicros() - cpu;
				System.out.printf("count %d: %,d signals, %.0f ms, %.2f us of CPU each%n", round, signals,
						(System.nanoTime() - begun) / 1e6, micros / signals);
			}
		}
	}

	private void fill(SignalWriter writer, Instant minute) {
		List<Submission> batch = new ArrayList<>();
		for (int i = 0; i < TRACES; i++) {
			trace(minute).forEach((signal) -> batch.add(new Submission(signal, null, false, 1)));
			if (batch.size() >= BATCH) {
				writer.write(ProjectId.DEFAULT, batch);
				batch.clear();
			}
		}
		for (int i = 0; i < SERIES; i++) {
			batch.add(new Submission(point(minute, i), null, false, 1));
		}
		writer.write(ProjectId.DEFAULT, batch);
	}

	private List<Signal> trace(Instant minute) {
		byte[] id = new byte[16];
		this.random.nextBytes(id);
		TraceId trace = new TraceId(HexFormat.of().formatHex(id));
		Instant start = minute.plusMillis(this.random.nextInt(58_000));
		List<Signal> signals = new ArrayList<>();
		String parent = null;
		for (int depth = 0; depth < SPANS; depth++) {
			String service = "service-" + (depth + 1) / 2;
			String span = HexFormat.of().toHexDigits(this.random.nextLong());
			Instant begun = start.plusMillis(depth);
			signals.add(new Span(uuid(), trace, span, parent, service, "operation-" + this.random.nextInt(20),
					(depth % 2 == 0) ? SpanKind.SERVER : SpanKind.CLIENT, begun,
					Duration.ofNanos((long) (1e6 * (1 + this.random.nextDouble() * 100))),
					(this.random.nextInt(50) == 0) ? "ERROR" : "OK", null,
					Map.of("http.request.method", "GET", "http.route", "/orders/{id}", "thread.id", depth),
					resource(service), Map.of()));
			signals.add(new LogRecord(uuid(), trace, span, service, begun, "INFO", "Order " + depth + " was looked up",
					Map.of("thread.id", depth), resource(service), Map.of()));
			parent = span;
		}
		return signals;
	}

	private MetricPoint point(Instant minute, int series) {
		String service = "service-" + series % 4;
		return new MetricPoint(uuid(), null, service, minute.plusMillis(this.random.nextInt(59_000)),
				"metric-" + series / 4, MetricKind.GAUGE, this.random.nextDouble(), "1", Map.of(), resource(service),
				Map.of());
	}

	private static Map<String, @Nullable Object> resource(String service) {
		return Map.<String, @Nullable Object>of("service.name", service, "service.version", "1.2.3", "host.name",
				"host-1");
	}

	private UUID uuid() {
		return new UUID(this.random.nextLong(), this.random.nextLong());
	}

}
