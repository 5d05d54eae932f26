package dev.whence.support.wire;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Carries the outbox to the wire, in this process and in every other replica at once.
 * While the wire is down the rows stay where they are and writing goes on.
 */
public final class OutboxRelay implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	/** A death between sending and forgetting sends at most this many again. */
	private static final int BATCH = 100;

	private static final Duration POLL = Duration.ofMillis(250);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	/** How long stopping waits for what is just being carried. */
	private static final Duration STOPPING = Duration.ofSeconds(5);

	private final IntUnaryOperator outbox;

	private final Semaphore work = new Semaphore(0);

	private volatile @Nullable Thread thread;

	private boolean failing;

	/**
	 * @param outbox hands up to so many messages to the wire and forgets those it took;
	 * answers how many, and throws when the wire has not taken them
	 */
	public OutboxRelay(IntUnaryOperator outbox) {
		this.outbox = outbox;
	}

	/** Says that there may be something to carry; never blocks. */
	public void wake() {
		if (this.work.availablePermits() == 0) {
			this.work.release();
		}
	}

	@Override
	public void start() {
		Thread relay = Thread.ofVirtual().name("outbox-relay").unstarted(this::run);
		// Before it runs: a thread that does not find itself here takes itself for
		// stopped.
		this.thread = relay;
		relay.start();
	}

	@Override
	public void stop() {
		Thread running = this.thread;
		this.thread = null;
		if (running != null) {
			running.interrupt();
			try {
				running.join(STOPPING);
			}
			catch (InterruptedException _) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	private void run() {
		while (isRunning()) {
			try {
				if (!drained() && this.work.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
					this.work.drainPermits();
				}
			}
			catch (InterruptedException _) {
				return;
			}
		}
	}

	private boolean drained() throws InterruptedException {
		try {
			boolean some = this.outbox.applyAsInt(BATCH) > 0;
			if (this.failing) {
				this.failing = false;
				log.info("Announcements flow again");
			}
			return some;
		}
		catch (RuntimeException | Error ex) {
			if (!isRunning()) {
				return false;
			}
			if (!this.failing) {
				this.failing = true;
				log.warn("Announcements wait in the outbox: {}", ex.toString());
			}
			Thread.sleep(PAUSE_AFTER_FAILURE);
			return true;
		}
	}

}
