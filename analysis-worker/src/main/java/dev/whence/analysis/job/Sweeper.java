package dev.whence.analysis.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.whence.store.SignalReader;
import dev.whence.store.StoredSubject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds problems that nobody was told about, because the wire lost a message or was
 * wiped. The store remembers when a problem was written and a job when it last looked;
 * where the look is not clearly later, another one is wanted. A look too many changes
 * nothing.
 */
@Component
@EnableScheduling
class Sweeper {

	private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

	/** How far the first sweep of a process looks back. */
	private static final Duration FIRST_REACH = Duration.ofDays(7);

	/**
	 * No transaction of ingest takes longer: its statements are cancelled after seconds.
	 * A look within this time after the write may have missed it.
	 */
	private static final Duration COMMIT_WINDOW = Duration.ofSeconds(30);

	/** A minute that is touched again later is a new job. */
	private static final Duration COUNTED = Duration.ofHours(1);

	private static final int LIMIT = 10_000;

	private final SignalReader signals;

	private final JobQueue queue;

	private final JobRunner runner;

	/** Null before the first sweep. */
	private @Nullable Instant since;

	Sweeper(SignalReader signals, JobQueue queue, JobRunner runner) {
		this.signals = signals;
		this.queue = queue;
		this.runner = runner;
	}

	@Scheduled(initialDelayString = "PT3S", fixedDelayString = "${whence.analysis.job.sweep:30s}")
	void sweep() {
		try {
			// The database's clock, which also dates the problems.
			Instant begun = this.queue.now();
			int found = 0;
			Instant from = (this.since != null) ? this.since : begun.minus(FIRST_REACH);
			List<StoredSubject> page = this.signals.subjectsStoredSince(from, LIMIT);
			for (StoredSubject stored : page) {
				found += this.queue.wantUnlessLookedAfter(stored.project(), JobKind.GROUP, stored.subject().toString(),
						stored.latest().plus(COMMIT_WINDOW));
			}
			// A full page is not the end: the next sweep goes on where it ended.
			this.since = (page.size() == LIMIT) ? page.getLast().latest() : begun.minus(COMMIT_WINDOW.multipliedBy(4));
			this.queue.forgetDone(JobKind.GROUP, FIRST_REACH.multipliedBy(2));
			this.queue.forgetDone(JobKind.ROLLUP, COUNTED);
			this.queue.forgetDone(JobKind.NOTIFY, FIRST_REACH.multipliedBy(2));
			this.queue.forgetDone(JobKind.NARRATE, FIRST_REACH.multipliedBy(2));
			if (found > 0) {
				this.runner.wake();
			}
		}
		catch (RuntimeException ex) {
			log.warn("The sweep for forgotten problems failed and comes again: {}", ex.toString());
		}
	}

}
