package dev.whence.benchmarks.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.whence.benchmarks.ingest.load.Stream;
import dev.whence.benchmarks.ingest.load.WriterSignals;
import dev.whence.ingest.triage.Triage;
import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Rung c: the service's writer alone, in this JVM, called by some threads at once. Its
 * CPU includes the making of the records and their triage.
 */
final class WriterRung implements AutoCloseable {

	private static final String TABLE = "signals.log_record";

	private final Laboratory laboratory;

	private final Options options;

	private final ConfigurableApplicationContext context;

	private final SignalWriter writer;

	private final WriterSignals signals = new WriterSignals();

	private final Triage triage = new Triage(Severity.MEDIUM);

	private boolean warm;

	WriterRung(Laboratory laboratory) {
		this.laboratory = laboratory;
		this.options = laboratory.options();
		this.context = WriterContext.start(laboratory.database());
		this.writer = WriterContext.writer(this.context);
	}

	void logs(int batch) {
		this.laboratory.clear();
		long[] stored = new long[1];
		write(batch, this.options.connections().getFirst(),
				this.warm ? this.options.shortWarmUp() : this.options.warmUp(), stored);
		this.warm = true;
		Map<String, Object> figures = new LinkedHashMap<>();
		int callers = best(batch, stored, figures);
		List<Sample> samples = this.laboratory.repeatHere(() -> write(batch, callers, this.options.time(), stored));
		Tables.requireExactlyOnce(this.laboratory.database(), TABLE, stored[0]);
		this.laboratory.report(RungResult.of("c", "the writer alone, logs in %d, %d callers".formatted(batch, callers),
				samples, figures));
	}

	private int best(int batch, long[] stored, Map<String, Object> figures) {
		if (this.options.connections().size() == 1) {
			return this.options.connections().getFirst();
		}
		int best = 0;
		double bestRate = 0;
		Map<Integer, Long> tried = new LinkedHashMap<>();
		for (int callers : this.options.connections()) {
			double rate = write(batch, callers, this.options.time().multipliedBy(2).dividedBy(3), stored).rate();
			tried.put(callers, Math.round(rate));
			if (rate > bestRate) {
				best = callers;
				bestRate = rate;
			}
		}
		figures.put("tried", tried);
		return best;
	}

	private Work write(int batch, int callers, Duration time, long[] stored) {
		Stream stream = this.laboratory.newStream();
		AtomicLong next = new AtomicLong();
		long begun = System.nanoTime();
		long deadline = begun + time.toNanos();
		try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
			long written = 0;
			for (Future<Long> caller : threads.invokeAll(IntStream.range(0, callers)
				.<Callable<Long>>mapToObj((_) -> () -> write(batch, stream, next, deadline))
				.toList())) {
				written += caller.get();
			}
			stored[0] += written;
			return new Work(written, System.nanoTime() - begun, Map.of());
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private long write(int batch, Stream stream, AtomicLong next, long deadline) {
		long written = 0;
		while (System.nanoTime() < deadline) {
			long first = next.getAndAdd(batch);
			List<Submission> submissions = new ArrayList<>(batch);
			for (int i = 0; i < batch; i++) {
				LogRecord log = this.signals.log(stream, first + i);
				submissions
					.add(new Submission(log, this.triage.judge(log), false, log.signalId().getMostSignificantBits()));
			}
			for (WriteOutcome outcome : this.writer.write(ProjectId.DEFAULT, submissions)) {
				if (outcome != WriteOutcome.STORED) {
					throw new IllegalStateException("a new signal is " + outcome);
				}
				written++;
			}
		}
		return written;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
