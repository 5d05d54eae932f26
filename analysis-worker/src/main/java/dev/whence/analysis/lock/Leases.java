package dev.whence.analysis.lock;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Who holds which key until when, within one JVM. */
class Leases {

	private final Map<String, Lease> leases = new ConcurrentHashMap<>();

	// Monotonic nanoseconds.
	private final LongSupplier clock;

	Leases(LongSupplier clock) {
		this.clock = clock;
	}

	boolean acquire(String key, Object holder, Duration duration) {
		Lease lease = this.leases.compute(key, (k, current) -> (current != null && !isOver(current)) ? current
				: new Lease(holder, this.clock.getAsLong() + duration.toNanos()));
		return lease.holder() == holder;
	}

	/** Has no effect on a lease that is over, even when nobody else took the key. */
	void renew(String key, Object holder, Duration duration) {
		this.leases.computeIfPresent(key, (k, current) -> (current.holder() == holder && !isOver(current))
				? new Lease(holder, this.clock.getAsLong() + duration.toNanos()) : current);
	}

	boolean isHeld(String key, Object holder) {
		Lease lease = this.leases.get(key);
		return lease != null && lease.holder() == holder && !isOver(lease);
	}

	void release(String key, Object holder) {
		this.leases.computeIfPresent(key, (k, current) -> (current.holder() == holder) ? null : current);
	}

	private boolean isOver(Lease lease) {
		return this.clock.getAsLong() - lease.until() >= 0;
	}

	private record Lease(Object holder, long until) {
	}

}
