package dev.whence.support.wire;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * The names of the wire's metrics. Tags are topics and groups, of which there are a
 * handful.
 */
public final class WireMetrics {

	private final MeterRegistry registry;

	public WireMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	/** The wire took responsibility for a message. */
	public void sent(String topic) {
		this.registry.counter("whence.wire.sent", "topic", topic).increment();
	}

	/** The wire could not take a message; the sender keeps it. */
	public void sendFailed(String topic) {
		this.registry.counter("whence.wire.send.failed", "topic", topic).increment();
	}

	/** A handler returned. */
	public void handled(String topic, String group) {
		this.registry.counter("whence.wire.handled", "topic", topic, "group", group).increment();
	}

	/** A handler failed or took too long; the message will come again. */
	public void redelivered(String topic, String group) {
		this.registry.counter("whence.wire.redelivered", "topic", topic, "group", group).increment();
	}

	/** A message can never be handled and was put aside. */
	public void deadLettered(String topic, String group) {
		this.registry.counter("whence.wire.dead.lettered", "topic", topic, "group", group).increment();
	}

}
