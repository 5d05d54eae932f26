package dev.whence.support.wire.inprocess;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireHandler;
import dev.whence.support.wire.WireMessage;
import dev.whence.support.wire.WireMetrics;
import dev.whence.support.wire.WireProperties;

/**
 * An event wire within one JVM. Several application contexts may share it.
 * <p>
 * Everything is bounded: a group that falls too far behind makes {@code send} fail, which
 * leaves the message with its sender (the outbox sends it again). Handlers run on virtual
 * threads. What is unhandled when the JVM ends is gone; as events only wake others up,
 * the sweepers of the receivers find what they missed.
 */
public final class InProcessEventWire implements EventWire {

	private final WireProperties properties;

	private final WireMetrics metrics;

	private final ScheduledThreadPoolExecutor clock;

	private final Map<String, Topic> topics = new ConcurrentHashMap<>();

	private volatile boolean closed;

	public InProcessEventWire(WireProperties properties, WireMetrics metrics) {
		this.properties = properties;
		this.metrics = metrics;
		this.clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("wire-clock").factory());
		this.clock.setRemoveOnCancelPolicy(true);
	}

	@Override
	public CompletableFuture<Void> send(WireMessage message) {
		if (this.closed || !topic(message.topic()).publish(message)) {
			this.metrics.sendFailed(message.topic());
			return CompletableFuture.failedFuture(new IllegalStateException(this.closed ? "the event wire is closed"
					: "a group of " + message.topic() + " has fallen too far behind to take another message"));
		}
		this.metrics.sent(message.topic());
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public Subscription subscribe(String topic, String group, WireHandler handler) {
		if (this.closed) {
			throw new IllegalStateException("the event wire is closed");
		}
		return new Member(topic(topic).group(group), handler, this::bury, this.properties, this.metrics);
	}

	@Override
	public void close() {
		this.closed = true;
		this.topics.values().forEach(Topic::close);
		this.clock.shutdownNow();
	}

	private Topic topic(String name) {
		return this.topics.computeIfAbsent(name, (key) -> new Topic(key, this.properties.inProcess(),
				(group) -> new Group(key, group, this.properties.handlingLimit(), this.clock, this.metrics)));
	}

	private void bury(WireMessage letter) {
		topic(letter.topic()).publishWhereThereIsRoom(letter);
	}

}
