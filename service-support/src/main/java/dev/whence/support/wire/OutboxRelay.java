package dev.whence.support.wire;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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

	/** How long the wire may take for a batch. */
	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(20);

	/** How long stopping waits for what is just being carried. */
	private static final Duration STOPPING = Duration.ofSeconds(5);

	private final Source outbox;

	private final EventWire wire;

	private final Semaphore work = new Semaphore(0);

	private volatile @Nullable Thread thread;

	private boolean failing;

	public OutboxRelay(Source outbox, EventWire wire) {
		this.outbox = outbox;
		this.wire = wire;
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
			boolean some = this.outbox.drain(BATCH, (messages) -> this.wire.sendAll(messages, SEND_TIMEOUT)) > 0;
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

	/** The messages that wait for the wire. */
	@FunctionalInterface
	public interface Source {

		/**
		 * Hands up to so many messages over and forgets those that were taken.
		 * @param send returns once the wire has taken all of them, and throws when it has
		 * not
		 * @return how many were sent
		 */
		int drain(int limit, Consumer<List<WireMessage>> send);

	}

}
