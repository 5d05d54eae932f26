package dev.whence.analysis.lock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Locks within one JVM, with the leases of the other adapter: a holder whose renewals
 * stop loses the key.
 */
class InProcessAnalysisLock implements AnalysisLock {

	private final Leases leases;

	private final Duration lease;

	private final ScheduledThreadPoolExecutor watchdog;

	private final LockMetrics metrics;

	InProcessAnalysisLock(Leases leases, Duration lease, ScheduledThreadPoolExecutor watchdog, LockMetrics metrics) {
		this.leases = leases;
		this.lease = lease;
		this.watchdog = watchdog;
		this.metrics = metrics;
		watchdog.setRemoveOnCancelPolicy(true);
	}

	@Override
	public Optional<Held> tryAcquire(String key) {
		Object holder = new Object();
		boolean acquired = this.leases.acquire(key, holder, this.lease);
		this.metrics.count(acquired ? "acquired" : "busy");
		return acquired ? Optional.of(new Leased(key, holder)) : Optional.empty();
	}

	@Override
	public void close() {
		this.watchdog.shutdownNow();
	}

	private final class Leased implements Held {

		private final String key;

		private final Object holder;

		private final ScheduledFuture<?> renewal;

		Leased(String key, Object holder) {
			this.key = key;
			this.holder = holder;
			Duration lease = InProcessAnalysisLock.this.lease;
			long period = lease.dividedBy(3).toNanos();
			this.renewal = InProcessAnalysisLock.this.watchdog.scheduleWithFixedDelay(
					() -> InProcessAnalysisLock.this.leases.renew(key, holder, lease), period, period,
					TimeUnit.NANOSECONDS);
		}

		@Override
		public boolean isHeld() {
			return InProcessAnalysisLock.this.leases.isHeld(this.key, this.holder);
		}

		@Override
		public void close() {
			this.renewal.cancel(false);
			InProcessAnalysisLock.this.leases.release(this.key, this.holder);
		}

	}

}
