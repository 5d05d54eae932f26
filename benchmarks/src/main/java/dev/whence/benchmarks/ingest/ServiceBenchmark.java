package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.benchmarks.ingest.machine.Cpu;
import dev.whence.benchmarks.ingest.machine.DatabaseServer;
import dev.whence.benchmarks.ingest.machine.ServiceProcess;
import dev.whence.model.ProjectId;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.Submission;
import dev.whence.store.rollup.HourCounter;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long questions about services take, end to end over HTTP: minutes of 20 services
 * with 20 operations each, 60 edges and 500 series of metrics are written as they would
 * have been counted, and hours made of all but the last, which waits for five minutes
 * until nobody counts in it any more. The ranges begin within an hour, which is the
 * dearest. Options: how many days (default 1), and a part of the questions that are asked
 * (default all).
 */
public final class ServiceBenchmark implements AutoCloseable {

	private static final int SERVICES = 20;

	private static final int OPERATIONS = 20;

	/** Distinct durations of an operation within a minute. */
	private static final int BUCKETS = 12;

	private static final int ASKED = 100;

	/** A service that was just started answers several times as slowly. */
	private static final Duration WARMING = Duration.ofSeconds(10);

	private static final Instant END = Instant.now().truncatedTo(ChronoUnit.HOURS);

	private final DatabaseServer database;

	private final ConfigurableApplicationContext context;

	private final Path folder;

	private final HttpClient http = HttpClient.newHttpClient();

	private final String some;

	/**
	 * @param some what questions contain that are asked
	 */
	private ServiceBenchmark(String some) throws IOException {
		this.some = some;
		this.folder = Files.createTempDirectory("whence-services");
		this.database = DatabaseServer.start(this.folder, Map.of());
		this.context = WriterContext.start(this.database, "--spring.datasource.hikari.connection-init-sql=select 1");
	}

	public static void main(String[] args) throws IOException {
		int days = (args.length > 0) ? Integer.parseInt(args[0]) : 1;
		Path root = Path.of(System.getProperty("whence.root", "")).toAbsolutePath();
		try (ServiceBenchmark benchmark = new ServiceBenchmark((args.length > 1) ? args[1] : "")) {
			benchmark.fill(days);
			benchmark.makeHours();
			benchmark.ask(root, days);
		}
	}

	@Override
	public void close() throws IOException {
		this.http.close();
		this.context.close();
		this.database.close();
	}

	private void fill(int days) {
		long end = END.getEpochSecond() / 60;
		String minutes = "generate_series(" + (end - days * 24L * 60 - 60) + ", " + (end - 1) + ") as minutes (minute)";
		String sketch = "(select array_agg(first + i order by i) from generate_series(0, %1$d) i), array_fill(2, array[%2$d])"
			.formatted(BUCKETS - 1, BUCKETS);
		this.database.execute("""
				insert into signals.rollup_span (project_id, minute, kind, calls, errors, duration, service, operation,
				                                 buckets, counts)
				select 1, minute, case when o < 14 then 2 else 3 end, %d, minute %% 3, 1000000, 'service-' || s,
				       'GET /operation/' || o, %s
				from %s, generate_series(1, %d) s, generate_series(1, %d) o,
				     lateral (select 300 + (s * 7 + o * 3 + minute %% 5)::integer as first) bucket
				""".formatted(2 * BUCKETS, sketch, minutes, SERVICES, OPERATIONS),
				"""
						insert into signals.rollup_edge (project_id, minute, calls, errors, caller, callee, buckets, counts,
						                                 gap_buckets, gap_counts, sketch, gap_sketch)
						select 1, minute, %d, minute %% 3, 'service-' || s, 'service-' || (s + o) %% %d + 1, %s, %s, bytes, bytes
						from %s, generate_series(1, %d) s, generate_series(1, 3) o,
						     lateral (select 300 + (s * 7 + o * 3 + minute %% 5)::integer as first) bucket,
						     lateral (select string_agg(int2send((first + i)::smallint) || int4send(2), ''::bytea order by i) as bytes
						              from generate_series(0, %d) i) sketch
						"""
					.formatted(2 * BUCKETS, SERVICES, sketch, sketch, minutes, SERVICES, BUCKETS - 1),
				"""
						insert into signals.rollup_log (project_id, minute, count, service, severity)
						select 1, minute, 100, 'service-' || s, severity
						from %s, generate_series(1, %d) s, unnest(array['INFO', 'WARN', 'ERROR']) severity
						""".formatted(minutes, SERVICES),
				"""
						insert into signals.metric_series (project_id, hash, seen_minute, kind, service, name, unit, attributes)
						select 1, gen_random_uuid(), %d, 0, 'service-' || (i %% %d + 1), 'metric-' || i, '1', '{}'
						from generate_series(1, 500) i
						"""
					.formatted(end, SERVICES),
				"""
						insert into signals.rollup_metric (project_id, minute, series_id, count, sum, min, max, last, samples)
						select 1, minute, id, 4, 1, 1, 1, 1, '{1,1,1,1}' from signals.metric_series, %s
						"""
					.formatted(minutes),
				"""
						insert into signals.rollup_minute (project_id, minute, spans, errors, logs, points)
						select 1, minute, %1$d, %2$d * (minute %% 3), %3$d, 2000 from %4$s
						""".formatted(SERVICES * OPERATIONS * 2 * BUCKETS, SERVICES * OPERATIONS, SERVICES * 300,
						minutes),
				"update signals.rollup_hour set touched_at = now() - interval '1 hour'");
		WriterContext.writer(this.context)
			.write(ProjectId.DEFAULT,
					List.of(new Submission(new Span(UUID.randomUUID(), new TraceId("4bf92f3577b34da6a3ce929d0e0e4736"),
							"00f067aa0ba902b7", null, "service-1", "GET /operation/1", SpanKind.SERVER,
							END.minus(Duration.ofMinutes(45)), Duration.ofMillis(1), "OK", null, Map.of(), Map.of(),
							Map.of()), null, false, 1)));
	}

	private void makeHours() {
		HourCounter hours = this.context.getBean(HourCounter.class);
		TransactionTemplate transaction = new TransactionTemplate(
				this.context.getBean(PlatformTransactionManager.class));
		int made = 0;
		long begun = System.nanoTime();
		long cpu = Cpu.own() + this.database.cpuMicros();
		while (Boolean.TRUE.equals(transaction.execute((_) -> hours.makeOne()))) {
			made++;
		}
		hours.sign();
		System.out.printf("%d hours were made, each in %.0f ms, %.0f ms of CPU%n", made,
				(System.nanoTime() - begun) / 1e6 / made, (Cpu.own() + this.database.cpuMicros() - cpu) / 1e3 / made);
		this.database.execute(
				"update signals.rollup_hour set made = false where minute >= " + (END.getEpochSecond() / 60 - 60),
				"vacuum analyze");
	}

	private void ask(Path root, int days) {
		Map<String, String> environment = Map.of("DATABASE_URL", this.database.url(), "WHENCE_SECURITY_MODE", "open");
		try (ServiceProcess query = ServiceProcess.start(root, "query-service", List.of("-Xmx512m"), environment,
				this.folder)) {
			for (int hours : new int[] { 1, 24 * days }) {
				String range = "from=" + END.minus(Duration.ofHours(hours)).minus(Duration.ofMinutes(23)) + "&to="
						+ END;
				System.out.println(hours + " hours and some minutes:");
				time(query, "/query/services?" + range);
				time(query, "/query/services/service-1?" + range);
				time(query, "/query/service-map?" + range);
				time(query, "/query/errors?" + range);
				time(query, "/query/errors?buckets=1440&" + range);
				time(query, "/query/errors?service=service-1&" + range);
				time(query, "/query/search/histogram?kind=spans&q=status:error&buckets=1500&" + range);
				time(query, "/query/ingest-health?" + range);
			}
			time(query, "/query/spans/4bf92f3577b34da6a3ce929d0e0e4736/00f067aa0ba902b7/percentile?");
			time(query, "/query/storage?");
		}
	}

	private void time(ServiceProcess query, String path) {
		if (!path.contains(this.some)) {
			return;
		}
		for (long end = System.nanoTime() + WARMING.toNanos(); System.nanoTime() < end;) {
			get(query, path);
		}
		long[] nanos = new long[ASKED];
		int bytes = 0;
		long cpu = query.cpuMicros();
		long databaseCpu = this.database.cpuMicros();
		for (int i = 0; i < ASKED; i++) {
			long begun = System.nanoTime();
			bytes = get(query, path).length();
			nanos[i] = System.nanoTime() - begun;
		}
		double micros = query.cpuMicros() - cpu;
		double databaseMicros = this.database.cpuMicros() - databaseCpu;
		Arrays.sort(nanos);
		System.out.printf("  %-42s p50 %6.1f ms  p95 %6.1f ms  CPU %6.1f + %5.1f ms  %,9d bytes%n",
				path.replaceAll("[?&]from=.*|\\?$", ""), nanos[ASKED / 2] / 1e6, nanos[ASKED * 95 / 100] / 1e6,
				micros / 1e3 / ASKED, databaseMicros / 1e3 / ASKED, bytes);
	}

	private String get(ServiceProcess query, String path) {
		try {
			HttpResponse<String> response = this.http.send(
					HttpRequest.newBuilder(URI.create(query.url() + path)).build(),
					HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
