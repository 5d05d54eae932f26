package dev.whence.analysis.lock;

import java.util.Optional;

/**
 * Mutual exclusion among the workers, as far as it can be had cheaply.
 * <p>
 * The lock is leased. The lease is renewed while the worker's process lives, however long
 * the work takes; a process that dies or stalls for longer than the lease loses it, and
 * what it releases later is not the new holder's. When the lock's server is away, work
 * goes on unguarded: two workers may then do the same work, of which the database stores
 * one.
 */
public interface AnalysisLock extends AutoCloseable {

	/**
	 * Tries once, within about a second.
	 * @param key what is locked, e.g. {@code <project>:<incident>}
	 * @return empty when another worker holds it
	 */
	Optional<Held> tryAcquire(String key);

	/** Stops renewing; what is still held expires. */
	@Override
	void close();

	/** A permission to work, to be closed when the work is done; by any thread. */
	interface Held extends AutoCloseable {

		/**
		 * Whether the lock still keeps others out. False after a stall, and always while
		 * the lock's server is away. A hint for ending work early, never a proof of being
		 * alone.
		 */
		boolean isHeld();

		/** Lets others in; does nothing when the lock was lost. */
		@Override
		void close();

	}

}
