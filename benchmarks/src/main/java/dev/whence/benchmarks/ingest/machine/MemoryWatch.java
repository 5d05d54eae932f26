package dev.whence.benchmarks.ingest.machine;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at a process's memory five times a second until it is closed. */
public final class MemoryWatch implements AutoCloseable {

	private static final int PERIOD_MILLIS = 200;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

	private final AtomicLong highest = new AtomicLong();

	public MemoryWatch(ServiceProcess process) {
		this.thread.scheduleAtFixedRate(() -> this.highest.accumulateAndGet(process.anonymousMemory(), Math::max), 0,
				PERIOD_MILLIS, TimeUnit.MILLISECONDS);
	}

	/** The most anonymous memory seen, in bytes. */
	public long highestAnonymous() {
		return this.highest.get();
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

}
