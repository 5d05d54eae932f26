package dev.whence.support.drain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Stops before everything else does, which takes as long as whoever sends requests needs
 * to find another replica. Meanwhile the service is not ready, answers every request, and
 * closes each connection with its next answer. Whatever listens has to be in a phase
 * below {@link #PHASE}.
 */
public final class Drain implements SmartLifecycle {

	/** Above every other: stopped first. */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE;

	private static final Logger log = LoggerFactory.getLogger(Drain.class);

	private final Duration time;

	private volatile boolean running;

	private volatile boolean draining;

	/**
	 * @param time that leaving takes; zero to leave at once
	 */
	public Drain(Duration time) {
		this.time = time;
	}

	/** Whether the service was told to end. */
	public boolean isDraining() {
		return this.draining;
	}

	@Override
	public void start() {
		this.draining = false;
		this.running = true;
	}

	@Override
	public void stop(Runnable callback) {
		stop();
		if (this.time.isZero()) {
			callback.run();
			return;
		}
		log.info("Leaving: requests are answered for another {} s", this.time.toSeconds());
		CompletableFuture.delayedExecutor(this.time.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
			.execute(callback);
	}

	@Override
	public void stop() {
		this.draining = true;
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
