package dev.whence.ingest.rejected;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.whence.ingest.rejected.RejectedMetrics.Cause;
import dev.whence.model.ProjectId;
import dev.whence.store.rejected.RejectedRecord;
import dev.whence.store.rejected.RejectedRecordWriter;
import dev.whence.support.log.LogBudget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Counts rejected records at once and writes samples of them behind the answer, on one
 * thread and one connection. A caller never waits for it and never fails with it: what
 * does not fit into the queue, or what the database does not take, is counted and
 * dropped.
 */
@Component
@EnableConfigurationProperties(RejectedProperties.class)
public class RejectedJournal implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(RejectedJournal.class);

	/** A few megabytes at most, as a row has at most about 4 kB of text. */
	private static final int QUEUE = 1000;

	private static final int BATCH = 100;

	private static final Duration POLL = Duration.ofMillis(250);

	private static final Duration STOP = Duration.ofSeconds(3);

	private final RejectedRecordWriter writer;

	private final RejectedMetrics metrics;

	private final InstantSource clock;

	private final RowBudget budget;

	private final BlockingQueue<Row> queue = new ArrayBlockingQueue<>(QUEUE);

	private final LogBudget excerptFailures = new LogBudget();

	private volatile @Nullable Thread thread;

	private boolean failing;

	RejectedJournal(RejectedRecordWriter writer, RejectedMetrics metrics, RejectedProperties properties,
			InstantSource clock) {
		this.writer = writer;
		this.metrics = metrics;
		this.clock = clock;
		this.budget = new RowBudget(properties.perProject(), properties.perMinute(), clock);
	}

	/** Counts the rejections of a request and lists some of them. */
	public void record(ProjectId project, Rejections rejections) {
		rejections.counts().forEach(this.metrics::rejected);
		list(project, rejections);
	}

	/**
	 * Lists what is counted elsewhere or not at all: conflicts, which are outcomes of
	 * their own, and warnings.
	 */
	public void list(ProjectId project, Rejections rejections) {
		List<Rejections.Sample> samples = rejections.samples();
		int granted = this.budget.take(project, samples.size());
		this.metrics.unlisted(Cause.SAMPLED, rejections.count() - granted);
		for (Rejections.Sample sample : samples.subList(0, granted)) {
			if (!this.queue.offer(new Row(project, record(rejections, sample)))) {
				this.metrics.unlisted(Cause.OVERFLOW, 1);
			}
		}
	}

	private RejectedRecord record(Rejections rejections, Rejections.Sample sample) {
		return new RejectedRecord(this.clock.instant(), rejections.transport(), sample.type(), sample.reason(),
				sample.message(), sample.service(), sample.signalId(), excerpt(sample));
	}

	// The neighbours are stored by now: nothing that goes wrong here may fail the answer.
	private @Nullable String excerpt(Rejections.Sample sample) {
		try {
			return sample.excerpt().get();
		}
		catch (RuntimeException ex) {
			this.excerptFailures.spend(ex.getClass(),
					(leftOut) -> log.warn("An excerpt could not be made of a rejected {} ({} more like it before)",
							sample.type(), leftOut, ex));
			return null;
		}
	}

	@Override
	public void start() {
		Thread writing = Thread.ofVirtual().name("rejected-journal").unstarted(this::run);
		this.thread = writing;
		writing.start();
	}

	@Override
	public void stop() {
		Thread running = this.thread;
		this.thread = null;
		if (running == null) {
			return;
		}
		try {
			// What it holds is worth a moment, not more.
			running.join(STOP);
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	// After the web server, whose last requests may still have something to say.
	@Override
	public int getPhase() {
		return 0;
	}

	private void run() {
		List<Row> rows = new ArrayList<>(BATCH);
		try {
			while (isRunning() || !this.queue.isEmpty()) {
				Row first = this.queue.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
				if (first != null) {
					rows.add(first);
					this.queue.drainTo(rows, BATCH - 1);
					write(rows);
					rows.clear();
				}
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private void write(List<Row> rows) {
		Map<ProjectId, List<RejectedRecord>> byProject = new LinkedHashMap<>();
		rows.forEach((row) -> byProject.computeIfAbsent(row.project(), (_) -> new ArrayList<>()).add(row.record()));
		byProject.forEach((project, records) -> {
			try {
				this.writer.write(project, records);
				this.failing = false;
			}
			catch (RuntimeException ex) {
				this.metrics.unlisted(Cause.FAILED, records.size());
				if (!this.failing) {
					this.failing = true;
					log.warn("Rejected records cannot be listed: {}", ex.toString());
				}
			}
		});
	}

	/** One record to write. */
	private record Row(ProjectId project, RejectedRecord record) {
	}

}
