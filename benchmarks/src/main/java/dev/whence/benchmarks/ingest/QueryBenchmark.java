package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

import dev.whence.benchmarks.ingest.load.ShopTraces;
import dev.whence.benchmarks.ingest.machine.Cpu;
import dev.whence.benchmarks.ingest.machine.DatabaseServer;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.search.QueryParser;
import dev.whence.store.Budget;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SearchedRange;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import dev.whence.store.SignalSearch;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What closed telemetry costs and how fast it answers: days are filled hour by hour with
 * traces of five spans and five logs, each hour is closed, and the store is asked.
 * Options: how many signals, in thousands (default 1000); of how many days (default 1); a
 * folder where the store is kept, and asked again without being filled when it is there.
 */
public final class QueryBenchmark implements AutoCloseable {

	private static final int ASKED = 200;

	/** Of slow questions fewer are asked. */
	private static final Duration ASKED_AT_MOST = Duration.ofSeconds(30);

	/** A service that was just started answers several times as slowly. */
	private static final Duration ASKED_BEFORE = Duration.ofSeconds(10);

	private static final int COUNTED = 10;

	private static final int COUNTED_BEFORE = 5;

	private final int signals;

	private final int hours;

	private final Random random = new Random(1);

	private final ShopTraces shop = new ShopTraces(1);

	/** By then hours in which little happened wait for no others. */
	private static final Duration NOBODY_WAITS = Duration.ofHours(6);

	private final DatabaseServer database;

	private final ConfigurableApplicationContext context;

	/**
	 * @param kept null for a store that is thrown away
	 */
	private QueryBenchmark(int signals, int days, @Nullable Path kept) throws IOException {
		this.signals = signals;
		this.hours = 24 * days;
		this.database = (kept != null) ? DatabaseServer.open(kept)
				: DatabaseServer.start(Files.createTempDirectory("whence-query"), Map.of());
		this.context = WriterContext.start(this.database, "--whence.signal-store.writing.patience=60s",
				"--spring.datasource.hikari.connection-init-sql=select 1");
	}

	public static void main(String[] args) throws IOException {
		int signals = 1_000 * ((args.length > 0) ? Integer.parseInt(args[0]) : 1_000);
		int days = (args.length > 1) ? Integer.parseInt(args[1]) : 1;
		Path kept = (args.length > 2) ? Path.of(args[2]) : null;
		try (QueryBenchmark benchmark = new QueryBenchmark(signals, days, kept)) {
			PastHours hours = new PastHours(benchmark.context, benchmark.shop);
			if (benchmark.isFilled()) {
				benchmark.remember(hours);
			}
			else {
				benchmark.fill(hours);
			}
			benchmark.weigh();
			benchmark.ask();
		}
	}

	@Override
	public void close() throws IOException {
		this.context.close();
		this.database.close();
	}

	private boolean isFilled() {
		return Boolean.parseBoolean(this.database.query("select (count(*) > 0)::text from signals.segment").getFirst());
	}

	/** Comes to know what a former run wrote, and makes what that run did not know of. */
	private void remember(PastHours hours) {
		for (int hour = 0; hour < this.hours; hour++) {
			hours.imagine(this.signals / this.hours);
		}
		hours.close(end().truncatedTo(ChronoUnit.HOURS));
	}

	/** The time of the last signal that is closed. */
	private Instant end() {
		long nanos = Long.parseLong(this.database.query("select max(last_time) from signals.segment").getFirst());
		return Instant.ofEpochSecond(0, nanos);
	}

	private void fill(PastHours hours) throws IOException {
		Instant first = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(this.hours + 2));
		long closing = 0;
		long closingDatabase = 0;
		long closed = 0;
		long counted = 0;
		long begun = System.nanoTime();
		for (int hour = 0; hour < this.hours; hour++) {
			Instant from = first.plus(Duration.ofHours(hour));
			hours.write(from, this.signals / this.hours);
			long own = Cpu.own();
			long database = this.database.cpuMicros();
			long more = hours.close((hour < this.hours - 1) ? from : from.plus(NOBODY_WAITS));
			if (closed > 0) {
				counted += more;
				closing += Cpu.own() - own;
				closingDatabase += this.database.cpuMicros() - database;
			}
			closed += more;
			System.out.printf("hour %d of %d closed after %,d s%n", hour + 1, this.hours,
					Duration.ofNanos(System.nanoTime() - begun).toSeconds());
		}
		System.out.printf(
				"closed %,d signals: %.1f us of CPU each here, %.1f of PostgreSQL (without the first of them)%n",
				closed, (double) closing / counted, (double) closingDatabase / counted);
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
		Instant end = end();
		SignalReader reader = this.context.getBean(SignalReader.class);
		ask("trace by id", () -> reader.ofTraces(ProjectId.DEFAULT, List.of(this.shop.knownTrace()), 1_000));
		ask("unknown trace", () -> reader.ofTraces(ProjectId.DEFAULT, List.of(this.shop.unknownTrace()), 1_000));
		ask("newest 50", () -> reader.search(ProjectId.DEFAULT, SignalFilter.ALL, 50, 0));
		for (String service : List.of("frontend", "rare", "unknown")) {
			ask("newest 100 of " + service,
					() -> reader.search(ProjectId.DEFAULT, new SignalFilter(null, service, null, null, null), 100, 0));
		}
		search("busy and common word", end, SignalType.LOG, () -> "service:frontend order");
		search("rare word", end, SignalType.LOG, this.shop::rareWord);
		search("word that is nowhere", end, SignalType.LOG, () -> "nowhere" + this.random.nextInt(1_000_000));
		search("rare attribute", end, SignalType.TRACE, () -> "user.id:user-" + this.random.nextInt(10_000));
		search("service, attribute, time", end, SignalType.TRACE,
				() -> "service:cart http.response.status_code:>=500 duration:>200ms");
		search("newest errors", end, SignalType.LOG, () -> "level:>=error");
		count("every error", end, SignalType.LOG, "level:>=error");
		count("slow of a service", end, SignalType.TRACE,
				"service:cart http.response.status_code:>=500 duration:>200ms");
		Instant noon = end.minus(Duration.ofMinutes(750));
		ask("a minute", () -> reader.between(ProjectId.DEFAULT, noon, noon.plusSeconds(60),
				EnumSet.allOf(SignalType.class), 10_000));
	}

	private void search(String what, Instant end, SignalType type, Supplier<String> search) {
		SignalSearch signals = this.context.getBean(SignalSearch.class);
		ask(what,
				() -> signals
					.page(ProjectId.DEFAULT,
							new SearchQuestion(EnumSet.of(type), QueryParser.parse(search.get()),
									end.minus(Duration.ofHours(this.hours)), end.plusSeconds(1), true),
							100, budget())
					.signals());
	}

	/** Looks at everything that matches: what a histogram does that no rollup answers. */
	private void count(String what, Instant end, SignalType type, String search) {
		SignalSearch signals = this.context.getBean(SignalSearch.class);
		SearchQuestion question = new SearchQuestion(EnumSet.of(type), QueryParser.parse(search),
				end.minus(Duration.ofHours(this.hours)), end.plusSeconds(1), true);
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
		long own = Cpu.own();
		long database = this.database.cpuMicros();
		long enough = System.nanoTime() + ASKED_AT_MOST.toNanos();
		int asked = 0;
		while (asked < ASKED && System.nanoTime() < enough) {
			long begun = System.nanoTime();
			found += question.get().size();
			nanos[asked++] = System.nanoTime() - begun;
		}
		double ownMillis = (Cpu.own() - own) / 1e3 / asked;
		double databaseMillis = (this.database.cpuMicros() - database) / 1e3 / asked;
		Arrays.sort(nanos, 0, asked);
		System.out.printf("%-24s p50 %6.2f ms  p95 %6.2f ms  CPU %5.1f ms here, %5.1f of PostgreSQL  %.0f signals%n",
				what, nanos[asked / 2] / 1e6, nanos[asked * 95 / 100] / 1e6, ownMillis, databaseMillis,
				(double) found / asked);
	}

}
