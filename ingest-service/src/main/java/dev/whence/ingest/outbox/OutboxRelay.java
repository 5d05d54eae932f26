package dev.whence.ingest.outbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.whence.ingest.intake.RelaySignal;
import dev.whence.store.Outbox;
import dev.whence.store.OutboxMessage;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Carries the outbox to the wire, in this process and in every other replica at once.
 * While the wire is down the rows stay where they are and ingest goes on.
 */
@Component
class OutboxRelay implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	/** A death between sending and forgetting sends at most this many again. */
	private static final int BATCH = 100;

	private static final Duration POLL = Duration.ofMillis(250);

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(20);

	private final Outbox outbox;

	private final EventWire wire;

	private final RelaySignal signal;

	private volatile @Nullable Thread thread;

	private boolean failing;

	OutboxRelay(Outbox outbox, EventWire wire, RelaySignal signal) {
		this.outbox = outbox;
		this.wire = wire;
		this.signal = signal;
	}

	@Override
	public void start() {
		this.thread = Thread.ofVirtual().name("outbox-relay").start(this::run);
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
				if (!drained()) {
					this.signal.await(POLL);
				}
			}
			catch (InterruptedException _) {
				return;
			}
		}
	}

	private boolean drained() throws InterruptedException {
		try {
			boolean some = this.outbox.drain(BATCH, this::send) > 0;
			if (this.failing) {
				this.failing = false;
				log.info("The event wire takes messages again");
			}
			return some;
		}
		catch (RuntimeException ex) {
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

	private void send(List<OutboxMessage> messages) {
		CompletableFuture
			.allOf(messages.stream()
				.map((message) -> this.wire.send(new WireMessage(message.topic(), message.key(), message.payload())))
				.toArray(CompletableFuture[]::new))
			.orTimeout(SEND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
			.join();
	}

}
