package dev.whence.support.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets one line per reason and ten seconds into the log, so that nobody can fill it with
 * requests that fail. A line tells how many were left out since the one before; those
 * left out after the last line are told by the metrics alone. Safe for use by many
 * threads, never blocks, and remembers a bounded number of reasons.
 */
public final class LogBudget {

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	/** Far more than any caller has, should one let a client make them up. */
	private static final int MAX_REASONS = 256;

	private static final Object ANY_OTHER = new Object();

	private final Map<Object, Lines> reasons = new ConcurrentHashMap<>();

	private final LongSupplier nanoTime;

	/** A budget by the clock of this process. */
	public LogBudget() {
		this(System::nanoTime);
	}

	LogBudget(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Writes a line, unless one was written for the same reason less than ten seconds
	 * ago.
	 * @param reason what lines have in common that say the same; an equal value of it, of
	 * which there should be few
	 * @param line writes the line; it is given the number of those left out before it
	 */
	public void spend(Object reason, LongConsumer line) {
		long now = this.nanoTime.getAsLong();
		long leftOut = linesOf(reason, now).take(now);
		if (leftOut >= 0) {
			line.accept(leftOut);
		}
	}

	private Lines linesOf(Object reason, long now) {
		Lines known = this.reasons.get(reason);
		if (known != null) {
			return known;
		}
		Object key = (this.reasons.size() < MAX_REASONS) ? reason : ANY_OTHER;
		return this.reasons.computeIfAbsent(key, (first) -> new Lines(now));
	}

	/** The lines of one reason. */
	private static final class Lines {

		private final AtomicLong nextAt;

		private final AtomicLong leftOut = new AtomicLong();

		private Lines(long nextAt) {
			this.nextAt = new AtomicLong(nextAt);
		}

		/** The number of lines left out so far, or -1 if this one is to be as well. */
		private long take(long now) {
			long due = this.nextAt.get();
			if (now - due < 0 || !this.nextAt.compareAndSet(due, now + INTERVAL.toNanos())) {
				this.leftOut.incrementAndGet();
				return -1;
			}
			return this.leftOut.getAndSet(0);
		}

	}

}
