package dev.whence.support.wire.kafka;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.whence.support.wire.EventWire;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** A listener container that also comes up when Kafka's name does not resolve yet. */
class KafkaSubscription implements EventWire.Subscription {

	private static final Logger logger = LoggerFactory.getLogger(KafkaSubscription.class);

	private static final int PATIENCE_SECONDS = 5;

	private final ConcurrentMessageListenerContainer<String, String> container;

	private final ScheduledExecutorService clock;

	private boolean closed;

	private boolean started;

	KafkaSubscription(ConcurrentMessageListenerContainer<String, String> container, ScheduledExecutorService clock) {
		this.container = container;
		this.clock = clock;
	}

	synchronized void start() {
		if (this.closed) {
			return;
		}
		try {
			this.container.start();
			this.started = true;
		}
		catch (KafkaException ex) {
			logger.warn("{} cannot subscribe yet, next attempt in {} s: {}", this.container.getBeanName(),
					PATIENCE_SECONDS, ex.getMessage());
			startLater();
		}
	}

	private void startLater() {
		try {
			this.clock.schedule(this::start, PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (RejectedExecutionException closing) {
			logger.debug("the wire is closing, nothing to start", closing);
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return !this.closed && (!this.started || (this.container.isRunning() && this.container.isInExpectedState()));
	}

	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			this.container.stop();
		}
	}

}
