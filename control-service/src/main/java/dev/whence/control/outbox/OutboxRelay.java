package dev.whence.control.outbox;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Carries the outbox to the wire. While the wire is down the rows stay where they are and
 * the service goes on.
 */
@Component
class OutboxRelay implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	/** A death between sending and forgetting sends at most this many again. */
	private static final int BATCH = 100;

	private static final Duration POLL = Duration.ofMillis(500);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

	private final Outbox outbox;

	private volatile @Nullable Thread thread;

	private boolean failing;

	OutboxRelay(Outbox outbox) {
		this.outbox = outbox;
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
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	private void run() {
		while (isRunning()) {
			try {
				Thread.sleep(pause());
			}
			catch (InterruptedException _) {
				return;
			}
		}
	}

	private Duration pause() {
		try {
			int sent = this.outbox.drain(BATCH);
			if (this.failing) {
				this.failing = false;
				log.info("Announcements flow again");
			}
			return (sent == BATCH) ? Duration.ZERO : POLL;
		}
		catch (RuntimeException ex) {
			if (isRunning() && !this.failing) {
				this.failing = true;
				log.warn("Announcements wait in the outbox: {}", ex.toString());
			}
			return PAUSE_AFTER_FAILURE;
		}
	}

}
