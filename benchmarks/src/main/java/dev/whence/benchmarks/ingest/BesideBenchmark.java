package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import dev.whence.benchmarks.ingest.load.ShopTraces;
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
 * fast as they can, alone, beside questions at some rates, and beside the compactor, in
 * turns. A day of closed telemetry is there to be asked. Option: signals of the day, in
 * thousands (default 500).
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

	/** Questions a second. */
	private static final List<Integer> RATES = List.of(10, 50);

	private final ShopTraces shop = new ShopTraces(1);

	private final List<ShopTraces> writing = List.of(new ShopTraces(2), new ShopTraces(3));

	private final DatabaseServer database;

	private final ConfigurableApplicationContext context;

	private final PastHours hours;

	private final List<Instant> waiting = new ArrayList<>();

	private final List<Answers> answers = RATES.stream().map((_) -> new Answers()).toList();

	private BesideBenchmark() throws IOException {
		Path folder = Files.createTempDirectory("whence-beside");
		this.database = DatabaseServer.start(folder, Map.of());
		this.context = WriterContext.start(this.database, "--whence.signal-store.writing.patience=60s",
				"--spring.datasource.hikari.connection-init-sql=select 1");
		this.hours = new PastHours(this.context, this.shop);
	}

	public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
		int signals = 1_000 * ((args.length > 0) ? Integer.parseInt(args[0]) : 500);
		try (BesideBenchmark benchmark = new BesideBenchmark()) {
			benchmark.fill(signals);
			benchmark.compare();
		}
	}

	private void fill(int signals) throws IOException {
		Instant first = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS + WAITING + 2));
		for (int hour = 0; hour < HOURS; hour++) {
			Instant from = first.plus(Duration.ofHours(hour));
			this.hours.write(from, signals / HOURS);
			this.hours.close(from);
		}
		for (int hour = HOURS; hour < HOURS + WAITING; hour++) {
			Instant from = first.plus(Duration.ofHours(hour));
			this.hours.write(from, WAITING_SIGNALS);
			this.waiting.add(from);
		}
	}

	private void compare() throws InterruptedException, ExecutionException {
		double alone = 0;
		double[] asked = new double[RATES.size()];
		double closing = 0;
		double closed = 0;
		// The first round is not counted: everything is new in it.
		for (int round = 0; round <= ROUNDS; round++) {
			boolean counts = round > 0;
			double rate = write(BesideBenchmark::rest).rate();
			alone += counts ? rate : 0;
			for (int i = 0; i < asked.length; i++) {
				int questions = RATES.get(i);
				Answers answers = counts ? this.answers.get(i) : new Answers();
				double beside = write((deadline) -> ask(questions, deadline, answers)).rate();
				asked[i] += counts ? beside : 0;
			}
			Phase beside = write(this::closeWhatWaits);
			closing += counts ? beside.rate() : 0;
			closed += counts ? beside.besides() / beside.seconds() : 0;
			System.out.printf("round %d: %,.0f a second alone, %,.0f while hours are closed%n", round, rate,
					beside.rate());
		}
		System.out.printf("alone %,.0f signals a second%n", alone / ROUNDS);
		for (int i = 0; i < asked.length; i++) {
			System.out.printf("beside %d questions a second: %.1f %%; %s%n", RATES.get(i), 100 * asked[i] / alone,
					this.answers.get(i));
		}
		double price = (alone - closing) / closed;
		System.out.printf(
				"while %,.0f signals a second are closed: %.1f %%; closing one costs writing %.2f; kept up with, %.1f %% are written%n",
				closed / ROUNDS, 100 * closing / alone, price, 100 / (1 + price));
	}

	/** Lets the writers write while something is done, and says how fast they were. */
	private Phase write(Beside beside) throws InterruptedException, ExecutionException {
		AtomicBoolean over = new AtomicBoolean();
		long begun = System.nanoTime();
		try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
			List<Future<Long>> writers = this.writing.stream()
				.map((traces) -> threads.submit(() -> write(traces, over)))
				.toList();
			long done = beside.until(begun + PHASE.toNanos());
			over.set(true);
			long written = 0;
			for (Future<Long> writer : writers) {
				written += writer.get();
			}
			return new Phase(written, (System.nanoTime() - begun) / 1e9, done);
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

	/** Asks at a rate, in turn what people ask. */
	private long ask(int rate, long deadline, Answers answers) {
		SignalReader reader = this.context.getBean(SignalReader.class);
		List<Runnable> questions = List.of(
				() -> reader.ofTraces(ProjectId.DEFAULT, List.of(this.shop.knownTrace()), 1_000),
				() -> reader.search(ProjectId.DEFAULT, SignalFilter.ALL, 50, 0),
				() -> reader.search(ProjectId.DEFAULT, new SignalFilter(null, "frontend", null, null, null), 100, 0),
				() -> search(SignalType.LOG, "service:frontend order", answers),
				() -> search(SignalType.LOG, this.shop.rareWord(), answers),
				() -> search(SignalType.TRACE, "service:cart http.response.status_code:>=500 duration:>200ms", answers),
				() -> search(SignalType.LOG, "level:>=error", answers));
		long interval = 1_000_000_000L / rate;
		long due = System.nanoTime();
		for (int i = 0; System.nanoTime() < deadline; i++) {
			rest(due);
			long begun = System.nanoTime();
			questions.get(i % questions.size()).run();
			answers.nanos.add(System.nanoTime() - begun);
			// Nobody asks what is late twice as fast.
			due = Math.max(due + interval, System.nanoTime());
		}
		return answers.nanos.size();
	}

	/** With what the query service gives a question. */
	private void search(SignalType type, String search, Answers answers) {
		Instant now = Instant.now();
		SearchQuestion question = new SearchQuestion(EnumSet.of(type), QueryParser.parse(search),
				now.minus(Duration.ofHours(HOURS)), now, true);
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
			closed += this.hours.close(this.waiting.removeFirst());
		}
		return closed;
	}

	@Override
	public void close() throws IOException {
		this.context.close();
		this.database.close();
	}

	private interface Beside {

		/**
		 * Works until a time.
		 * @return how much was done
		 */
		long until(long deadline);

	}

	private record Phase(long written, double seconds, long besides) {

		double rate() {
			return this.written / this.seconds;
		}

	}

	private static final class Answers {

		private final List<Long> nanos = new ArrayList<>();

		private int incomplete;

		@Override
		public String toString() {
			long[] sorted = this.nanos.stream().mapToLong(Long::longValue).sorted().toArray();
			return "%d answers, median %.1f ms, 95 %% %.1f, worst %.1f, %d incomplete".formatted(sorted.length,
					sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 95 / 100] / 1e6,
					sorted[sorted.length - 1] / 1e6, this.incomplete);
		}

	}

}
