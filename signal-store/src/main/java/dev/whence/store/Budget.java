package dev.whence.store;

import java.time.Duration;

/**
 * What one question may cost: time, which runs from the beginning, and bytes that are
 * read for it. Used once, by one thread.
 */
public final class Budget {

	private final long from = System.nanoTime();

	private final long nanos;

	private long bytes;

	/**
	 * @param bytes of what is stored, as it is read
	 */
	public Budget(Duration time, long bytes) {
		this.nanos = time.toNanos();
		this.bytes = bytes;
	}

	/** For whoever needs everything. */
	public static Budget unlimited() {
		return new Budget(Duration.ofNanos(Long.MAX_VALUE), Long.MAX_VALUE);
	}

	public void spend(long read) {
		this.bytes -= read;
	}

	public boolean isSpent() {
		return this.bytes <= 0 || System.nanoTime() - this.from >= this.nanos;
	}

	/** The time that is left, never negative. */
	public Duration left() {
		return Duration.ofNanos(Math.max(0, this.nanos - (System.nanoTime() - this.from)));
	}

}
