package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.whence.benchmarks.ingest.machine.Cpu;
import dev.whence.benchmarks.ingest.machine.DatabaseServer;
import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.model.search.QueryParser;
import dev.whence.store.Budget;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SearchedRange;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import dev.whence.store.SignalSearch;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.commit.Commit;
import dev.whence.store.commit.SharedCommits;
import dev.whence.store.commit.TouchedMinutes;
import dev.whence.store.commit.WritingProperties;
import dev.whence.store.compact.Compactor;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.partition.PartitionMaintenance;
import dev.whence.store.retention.Retention;
import dev.whence.store.rollup.RollupProperties;
import dev.whence.store.table.Table;
import dev.whence.store.write.QueuedSignalWriter;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What closed telemetry costs and how fast it answers: a day is filled hour by hour with
 * traces of five spans and five logs, each hour is closed, and the store is asked.
 * Options: how many signals, in thousands (default 1000).
 */
public final class QueryBenchmark implements AutoCloseable {

	private static final int HOURS = 24;

	private static final int BATCH = 2_000;

	private static final int ASKED = 200;

	/** A service that was just started answers several times as slowly. */
	private static final Duration ASKED_BEFORE = Duration.ofSeconds(5);

	private static final int COUNTED = 10;

	private static final int COUNTED_BEFORE = 5;

	private static final String[] SERVICES = { "frontend", "cart", "checkout", "payment", "shipping", "currency",
			"catalog", "recommendation", "email", "ad" };

	private static final String[] TEXTS = { "Received request for order %d from user %s",
			"Charged card ending in %d, transaction %s", "Query took %d ms on connection %s",
			"Cache miss for product %d, key %s", "Retrying call %d to upstream, request %s" };

	private static final String[] ROUTES = { "/api/orders/{id}", "/api/cart", "/api/products/{id}", "/api/checkout" };

	private final Random random = new Random(1);

	private final Path folder;

	private final DatabaseServer database;

	private final ConfigurableApplicationContext context;

	private final List<TraceId> traces = new ArrayList<>();

	private final List<String> rareWords = new ArrayList<>();

	private QueryBenchmark() throws IOException {
		this.folder = Files.createTempDirectory("whence-query");
		this.database = DatabaseServer.start(this.folder, Map.of());
		this.context = WriterContext.start(this.database, "--whence.signal-store.writing.patience=60s",
				"--spring.datasource.hikari.connection-init-sql=select 1");
	}

	public static void main(String[] args) throws IOException {
		int signals = 1_000 * ((args.length > 0) ? Integer.parseInt(args[0]) : 1_000);
		try (QueryBenchmark benchmark = new QueryBenchmark()) {
			benchmark.fill(signals);
			benchmark.weigh();
			benchmark.ask();
		}
	}

	@Override
	public void close() throws IOException {
		this.context.close();
		this.database.close();
	}

	private void fill(int signals) throws IOException {
		Instant first = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS + 2));
		OwnerConnection owner = new OwnerConnection(this.context.getBean(JdbcConnectionDetails.class));
		Retention retention = this.context.getBean(Retention.class);
		int perHour = signals / HOURS;
		long closing = 0;
		long closingDatabase = 0;
		long closed = 0;
		for (int hour = 0; hour < HOURS; hour++) {
			Instant from = first.plus(Duration.ofHours(hour));
			InstantSource then = () -> from.plus(Duration.ofMinutes(5));
			new PartitionMaintenance(owner, Table.ALL, retention, (_, _) -> {
			}, then).makeAhead();
			write(retention, then, from, perHour);
			long own = Cpu.own();
			long database = this.database.cpuMicros();
			closed += new Compactor(owner, () -> from.plus(Duration.ofHours(2))).closeWhatIsOver();
			if (hour > 0) {
				closing += Cpu.own() - own;
				closingDatabase += this.database.cpuMicros() - database;
			}
		}
		double counted = closed - (double) closed / HOURS;
		System.out.printf("closed %,d signals: %.1f us of CPU each here, %.1f of PostgreSQL (without the first hour)%n",
				closed, closing / counted, closingDatabase / counted);
	}

	private void write(Retention retention, InstantSource clock, Instant from, int signals) throws IOException {
		WritingProperties writing = this.context.getBean(WritingProperties.class);
		SharedCommits commits = new SharedCommits(new Commit(this.context.getBean(DataSource.class), retention,
				(_, _) -> List.of(),
				new TouchedMinutes((_, _) -> List.of(), this.context.getBean(RollupProperties.class), clock), clock),
				writing);
		try {
			SignalWriter writer = new QueuedSignalWriter(commits);
			List<Submission> batch = new ArrayList<>();
			for (int written = 0; written < signals; written += 10) {
				trace(from.plusNanos(this.random.nextLong(Duration.ofMinutes(59).toNanos())))
					.forEach((signal) -> batch.add(new Submission(signal, null, false, 1)));
				if (batch.size() >= BATCH || written + 10 >= signals) {
					writer.write(ProjectId.DEFAULT, batch);
					batch.clear();
				}
			}
		}
		finally {
			try {
				commits.destroy();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IOException(ex);
			}
		}
	}

	private void weigh() {
		this.database.execute("vacuum analyze");
		System.out.println("what the tables take, with indexes and TOAST:");
		this.database
			.query("""
					select format('  %s %s bytes, %s rows', split_part(c.relname, '_30d', 1), sum(pg_total_relation_size(c.oid)),
					              sum(greatest(c.reltuples, 0)))
					from pg_class c join pg_namespace n on n.oid = relnamespace
					where nspname = 'signals' and relkind = 'r' and c.reltuples > 0
					group by split_part(c.relname, '_30d', 1) order by 1
					""")
			.forEach(System.out::println);
		System.out.println("  " + this.database
			.query("""
					select format('%s bytes for each of %s closed signals', round((select sum(pg_total_relation_size(c.oid))
					    from pg_class c join pg_namespace n on n.oid = relnamespace
					    where nspname = 'signals' and relkind = 'r' and relname like 'segment%')::numeric / sum(rows), 1), sum(rows))
					from signals.segment
					""")
			.getFirst());
	}

	private void ask() {
		SignalReader reader = this.context.getBean(SignalReader.class);
		ask("trace by id", () -> reader.ofTraces(ProjectId.DEFAULT,
				List.of(this.traces.get(this.random.nextInt(this.traces.size()))), 1_000));
		ask("unknown trace", () -> reader.ofTraces(ProjectId.DEFAULT, List.of(new TraceId(hex(16))), 1_000));
		ask("newest 50", () -> reader.search(ProjectId.DEFAULT, SignalFilter.ALL, 50, 0));
		for (String service : List.of("frontend", "rare", "unknown")) {
			ask("newest 100 of " + service,
					() -> reader.search(ProjectId.DEFAULT, new SignalFilter(null, service, null, null, null), 100, 0));
		}
		search("busy and common word", SignalType.LOG, () -> "service:frontend order");
		search("rare word", SignalType.LOG, () -> this.rareWords.get(this.random.nextInt(this.rareWords.size())));
		search("word that is nowhere", SignalType.LOG, () -> "nowhere" + this.random.nextInt(1_000_000));
		search("rare attribute", SignalType.TRACE, () -> "user.id:user-" + this.random.nextInt(10_000));
		search("service, attribute, time", SignalType.TRACE,
				() -> "service:cart http.response.status_code:>=500 duration:>200ms");
		search("newest errors", SignalType.LOG, () -> "level:>=error");
		count("errors of a day", SignalType.LOG, "level:>=error");
		count("slow of a service", SignalType.TRACE, "service:cart http.response.status_code:>=500 duration:>200ms");
		Instant noon = Instant.now().minus(Duration.ofHours(12));
		ask("a minute of a day", () -> reader.between(ProjectId.DEFAULT, noon, noon.plusSeconds(60),
				EnumSet.allOf(SignalType.class), 10_000));
	}

	private void search(String what, SignalType type, Supplier<String> search) {
		SignalSearch signals = this.context.getBean(SignalSearch.class);
		Instant now = Instant.now();
		ask(what,
				() -> signals
					.page(ProjectId.DEFAULT,
							new SearchQuestion(EnumSet.of(type), QueryParser.parse(search.get()),
									now.minus(Duration.ofHours(HOURS + 2)), now, true),
							100, budget())
					.signals());
	}

	/** Looks at everything that matches: what a histogram does that no rollup answers. */
	private void count(String what, SignalType type, String search) {
		SignalSearch signals = this.context.getBean(SignalSearch.class);
		Instant now = Instant.now();
		SearchQuestion question = new SearchQuestion(EnumSet.of(type), QueryParser.parse(search),
				now.minus(Duration.ofHours(HOURS + 2)), now, true);
		long[] nanos = new long[COUNTED];
		long[] found = new long[1];
		for (int i = -COUNTED_BEFORE; i < COUNTED; i++) {
			found[0] = 0;
			long begun = System.nanoTime();
			SearchedRange range = signals.visit(ProjectId.DEFAULT, question, budget(), (_, _, _) -> found[0]++);
			if (!range.isComplete()) {
				throw new IllegalStateException(what + " came to " + range.searchedTo());
			}
			if (i >= 0) {
				nanos[i] = System.nanoTime() - begun;
			}
		}
		Arrays.sort(nanos);
		System.out.printf("%-24s p50 %6.2f ms  worst %4.2f ms  %d signals%n", "count " + what, nanos[COUNTED / 2] / 1e6,
				nanos[COUNTED - 1] / 1e6, found[0]);
	}

	private static Budget budget() {
		return new Budget(Duration.ofMinutes(1), Long.MAX_VALUE);
	}

	private void ask(String what, Supplier<List<Signal>> question) {
		long found = 0;
		long[] nanos = new long[ASKED];
		long warm = System.nanoTime() + ASKED_BEFORE.toNanos();
		while (System.nanoTime() < warm) {
			question.get();
		}
		for (int i = 0; i < ASKED; i++) {
			long begun = System.nanoTime();
			found += question.get().size();
			nanos[i] = System.nanoTime() - begun;
		}
		Arrays.sort(nanos);
		System.out.printf("%-24s p50 %6.2f ms  p95 %6.2f ms  %.0f signals%n", what, nanos[ASKED / 2] / 1e6,
				nanos[ASKED * 95 / 100] / 1e6, (double) found / ASKED);
	}

	private List<Signal> trace(Instant start) {
		TraceId trace = new TraceId(hex(16));
		if (this.random.nextInt(100) == 0) {
			this.traces.add(trace);
		}
		List<Signal> signals = new ArrayList<>();
		String parent = null;
		Instant at = start;
		Duration left = Duration.ofNanos(50_000_000L + this.random.nextInt(400_000_000));
		for (int i = 0; i < 5; i++) {
			String span = hex(8);
			String service = (this.random.nextInt(50_000) == 0) ? "rare"
					: SERVICES[(i == 0) ? 0 : this.random.nextInt(SERVICES.length)];
			signals.add(new Span(uuid(), trace, span, parent, service,
					"GET " + ROUTES[this.random.nextInt(ROUTES.length)], SpanKind.SERVER, at, left,
					(this.random.nextInt(50) == 0) ? "ERROR" : "OK", null, attributes(), resource(service), Map.of()));
			String word = hex(4);
			if (this.random.nextInt(1_000) == 0) {
				this.rareWords.add(word);
			}
			signals.add(new LogRecord(uuid(), trace, span, service, at.plus(left.dividedBy(3)),
					(this.random.nextInt(30) == 0) ? "ERROR" : "INFO",
					TEXTS[this.random.nextInt(TEXTS.length)].formatted(this.random.nextInt(100_000), word),
					attributes(), resource(service), Map.of()));
			parent = span;
			at = at.plus(left.dividedBy(10));
			left = left.multipliedBy(8).dividedBy(10);
		}
		return signals;
	}

	private Map<String, @Nullable Object> attributes() {
		return Map.<String, @Nullable Object>of("http.request.method", "GET", "http.route",
				ROUTES[this.random.nextInt(ROUTES.length)], "http.response.status_code",
				(this.random.nextInt(40) == 0) ? 500 : 200, "user.id", "user-" + this.random.nextInt(10_000),
				"net.peer.port", this.random.nextInt(1_024, 65_536), "thread.name", "exec-" + this.random.nextInt(32));
	}

	private Map<String, @Nullable Object> resource(String service) {
		String pod = service + "-7d9f8b6c5-" + this.random.nextInt(3);
		return Map.<String, @Nullable Object>of("service.name", service, "service.version", "1.4.2",
				"service.instance.id", pod, "k8s.namespace.name", "shop", "k8s.pod.name", pod, "telemetry.sdk.language",
				"java", "telemetry.sdk.version", "1.52.0");
	}

	private String hex(int bytes) {
		byte[] some = new byte[bytes];
		this.random.nextBytes(some);
		return HexFormat.of().formatHex(some);
	}

	private UUID uuid() {
		return new UUID(this.random.nextLong(), this.random.nextLong());
	}

}
