package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

import dev.whence.benchmarks.ingest.load.ShopTraces;
import dev.whence.benchmarks.ingest.machine.Cpu;
import dev.whence.benchmarks.ingest.machine.DatabaseServer;
import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;
import dev.whence.model.search.QueryParser;
import dev.whence.store.Budget;
import dev.whence.store.SearchPage;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import dev.whence.store.SignalSearch;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * What questions and the closing of hours take from those who write: two writers work as
 * fast as they can, alone, beside one who asks at some rates, and beside the compactor,
 * in turns. What is asked about is a day of closed telemetry, and the newest signals.
 * Option: signals of the day, in thousands (default 500).
 */
public final class BesideBenchmark implements AutoCloseable {

	private static final int HOURS = 24;

	private static final int WRITERS = 2;

	private static final int BATCH = 1_000;

	private static final int ROUNDS = 4;

	private static final Duration PHASE = Duration.ofSeconds(6);

	/** Hours for the compactor, and signals in each. */
	private static final int WAITING = 40;

	private static final int WAITING_SIGNALS = 60_000;

	private static final Instant FIRST = Instant.now()
		.truncatedTo(ChronoUnit.HOURS)
		.minus(Duration.ofHours(HOURS + WAITING + 2));

	private static final Instant DAY_OVER = FIRST.plus(Duration.ofHours(HOURS));

	private final ShopTraces shop = new ShopTraces(1);

	private final List<ShopTraces> writing = List.of(new ShopTraces(2), new ShopTraces(3));

	private final DatabaseServer database;

	private final ConfigurableApplicationContext context;

	private final Deque<Instant> waiting = new ArrayDeque<>();

	private final PastHours waitingHours;

	private final List<Side> sides = List.of(new Side("alone", BesideBenchmark::rest), asking(10), asking(50),
			new Side("beside the compactor, signals closed", this::closeWhatWaits));

	private BesideBenchmark() throws IOException {
		this.database = DatabaseServer.start(Files.createTempDirectory("whence-beside"), Map.of());
		this.context = WriterContext.start(this.database, "--whence.signal-store.writing.patience=60s",
				"--spring.datasource.hikari.connection-init-sql=select 1");
		this.waitingHours = new PastHours(this.context, new ShopTraces(4));
	}

	public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
		int signals = 1_000 * ((args.length > 0) ? Integer.parseInt(args[0]) : 500);
		try (BesideBenchmark benchmark = new BesideBenchmark()) {
			benchmark.fill(signals);
			benchmark.compare();
		}
	}

	private void fill(int signals) throws IOException {
		PastHours day = new PastHours(this.context, this.shop);
		for (int hour = 0; hour < HOURS; hour++) {
			Instant from = FIRST.plus(Duration.ofHours(hour));
			day.write(from, signals / HOURS);
			day.close(from);
		}
		for (int hour = 0; hour < WAITING; hour++) {
			Instant from = DAY_OVER.plus(Duration.ofHours(hour));
			this.waitingHours.write(from, WAITING_SIGNALS);
			this.waiting.add(from);
		}
	}

	private void compare() throws InterruptedException, ExecutionException {
		for (int round = 0; round <= ROUNDS; round++) {
			for (int i = 0; i < this.sides.size(); i++) {
				// Tables grow: nobody is always the first.
				Side side = this.sides.get((i + round) % this.sides.size());
				Phase phase = write(side.work());
				// The first round is not counted: everything is new in it.
				if (round == 0) {
					side.answers().forget();
				}
				else {
					side.phases().add(phase);
				}
			}
			System.out.printf("round %d of %d%n", round, ROUNDS);
		}
		double alone = this.sides.getFirst().written();
		for (Side side : this.sides) {
			System.out.printf("%-40s %,9.0f signals a second, %5.1f %%; %,.1f done a second; CPU %.2f + %.2f%n",
					side.name(), side.written(), 100 * side.written() / alone, side.done(), side.own(),
					side.postgres());
			if (!side.answers().nanos.isEmpty()) {
				System.out.println("    " + side.answers());
			}
		}
		Side closing = this.sides.getLast();
		double price = (alone - closing.written()) / closing.done();
		System.out.printf("closing a signal costs %.2f of writing one: %.1f %% are written where it is kept up with%n",
				price, 100 / (1 + price));
	}

	/** Lets the writers write while something is done, and says how fast they were. */
	private Phase write(Work work) throws InterruptedException, ExecutionException {
		AtomicBoolean over = new AtomicBoolean();
		long begun = System.nanoTime();
		long own = Cpu.own();
		long postgres = this.database.cpuMicros();
		try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
			List<Future<Long>> writers = this.writing.stream()
				.map((traces) -> threads.submit(() -> write(traces, over)))
				.toList();
			long done;
			try {
				done = work.until(begun + PHASE.toNanos());
			}
			finally {
				over.set(true);
			}
			long written = 0;
			for (Future<Long> writer : writers) {
				written += writer.get();
			}
			return new Phase(written, done, (System.nanoTime() - begun) / 1e9, Cpu.own() - own,
					this.database.cpuMicros() - postgres);
		}
	}

	private long write(ShopTraces traces, AtomicBoolean over) {
		SignalWriter writer = WriterContext.writer(this.context);
		long written = 0;
		while (!over.get()) {
			List<Submission> batch = new ArrayList<>(BATCH);
			while (batch.size() < BATCH) {
				traces.trace(Instant.now()).forEach((signal) -> batch.add(new Submission(signal, null, false, 1)));
			}
			for (WriteOutcome outcome : writer.write(ProjectId.DEFAULT, batch)) {
				if (outcome != WriteOutcome.STORED) {
					throw new IllegalStateException("a new signal is " + outcome);
				}
				written++;
			}
		}
		return written;
	}

	private static long rest(long deadline) {
		while (System.nanoTime() < deadline) {
			LockSupport.parkNanos(deadline - System.nanoTime());
		}
		return 0;
	}

	private Side asking(int rate) {
		Answers answers = new Answers();
		return new Side("beside questions, %d a second at most".formatted(rate),
				(deadline) -> ask(rate, deadline, answers), new ArrayList<>(), answers);
	}

	/** One who asks in turn what people ask, and waits for each answer. */
	private long ask(int rate, long deadline, Answers answers) {
		SignalReader reader = this.context.getBean(SignalReader.class);
		List<Runnable> questions = List.of(
				() -> reader.ofTraces(ProjectId.DEFAULT, List.of(this.shop.knownTrace()), 1_000),
				() -> reader.search(ProjectId.DEFAULT, SignalFilter.ALL, 50, 0),
				() -> reader.search(ProjectId.DEFAULT, new SignalFilter(null, "frontend", null, FIRST, DAY_OVER), 100,
						0),
				() -> search(SignalType.LOG, "service:frontend order", answers),
				() -> search(SignalType.LOG, this.shop.rareWord(), answers),
				() -> search(SignalType.TRACE, "service:cart http.response.status_code:>=500 duration:>200ms", answers),
				() -> search(SignalType.LOG, "level:>=error", answers));
		long interval = 1_000_000_000L / rate;
		long due = System.nanoTime();
		int asked = 0;
		while (System.nanoTime() < deadline) {
			rest(due);
			long begun = System.nanoTime();
			questions.get(asked % questions.size()).run();
			answers.nanos.add(System.nanoTime() - begun);
			asked++;
			due = Math.max(due + interval, System.nanoTime());
		}
		return asked;
	}

	/** With what the query service gives a question. */
	private void search(SignalType type, String search, Answers answers) {
		SearchQuestion question = new SearchQuestion(EnumSet.of(type), QueryParser.parse(search), FIRST, DAY_OVER,
				true);
		SearchPage page = this.context.getBean(SignalSearch.class)
			.page(ProjectId.DEFAULT, question, 100, new Budget(Duration.ofSeconds(2), 256L * 1024 * 1024));
		answers.incomplete += page.isComplete() ? 0 : 1;
	}

	private long closeWhatWaits(long deadline) {
		long closed = 0;
		while (System.nanoTime() < deadline) {
			if (this.waiting.isEmpty()) {
				throw new IllegalStateException("there are no more hours to close");
			}
			closed += this.waitingHours.close(this.waiting.removeFirst());
		}
		return closed;
	}

	@Override
	public void close() throws IOException {
		this.context.close();
		this.database.close();
	}

	private interface Work {

		/**
		 * Works until a time.
		 * @return how much was done
		 */
		long until(long deadline);

	}

	/**
	 * One side's turn.
	 *
	 * @param own CPU of this JVM in microseconds
	 * @param postgres that of PostgreSQL
	 */
	private record Phase(long written, long done, double seconds, long own, long postgres) {
	}

	/** What happens beside the writers. */
	private record Side(String name, Work work, List<Phase> phases, Answers answers) {

		Side(String name, Work work) {
			this(name, work, new ArrayList<>(), new Answers());
		}

		/** Signals a second. */
		double written() {
			return perSecond(Phase::written);
		}

		double done() {
			return perSecond(Phase::done);
		}

		/** Processors that this JVM kept busy. */
		double own() {
			return perSecond(Phase::own) / 1e6;
		}

		double postgres() {
			return perSecond(Phase::postgres) / 1e6;
		}

		private double perSecond(ToLongFunction<Phase> what) {
			return this.phases.stream().mapToLong(what).sum() / this.phases.stream().mapToDouble(Phase::seconds).sum();
		}

	}

	private static final class Answers {

		private final List<Long> nanos = new ArrayList<>();

		private int incomplete;

		void forget() {
			this.nanos.clear();
			this.incomplete = 0;
		}

		@Override
		public String toString() {
			long[] sorted = this.nanos.stream().mapToLong(Long::longValue).sorted().toArray();
			return "%d answers, median %.1f ms, 95 %% %.1f, worst %.1f, %d incomplete".formatted(sorted.length,
					sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 95 / 100] / 1e6,
					sorted[sorted.length - 1] / 1e6, this.incomplete);
		}

	}

}
