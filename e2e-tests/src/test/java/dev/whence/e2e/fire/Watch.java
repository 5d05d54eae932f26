package dev.whence.e2e.fire;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a process from time to time and keeps the largest figures. */
final class Watch implements AutoCloseable {

	private static final long EVERY_MILLIS = 200;

	private final long pid;

	private final ProcessFigures before;

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("watch").factory());

	private volatile ProcessFigures largest;

	Watch(long pid) throws IOException {
		this.pid = pid;
		this.before = ProcessFigures.of(pid);
		this.largest = this.before;
		this.clock.scheduleAtFixedRate(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
	}

	ProcessFigures before() {
		return this.before;
	}

	ProcessFigures largest() {
		return this.largest;
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
	}

	private void look() {
		try {
			this.largest = this.largest.max(ProcessFigures.of(this.pid));
		}
		catch (IOException _) {
			// The process has ended; its owner notices.
		}
	}

}
