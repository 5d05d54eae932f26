package dev.whence.support.wire;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Carries events from one service to others.
 * <p>
 * Delivery is at least once per group: a message may come again, late and in another
 * order than it was sent; messages with the same key are handled one after the other. A
 * message counts as delivered when its handler returns. A consumer that dies before that
 * leaves the message to the rest of its group.
 */
public interface EventWire extends AutoCloseable {

	/**
	 * Sends one message.
	 * @return completes when the wire has taken responsibility for the message, fails
	 * when it could not; never blocks the caller for longer than a few seconds
	 */
	CompletableFuture<Void> send(WireMessage message);

	/**
	 * Sends several messages and waits until the wire has taken all of them.
	 * @throws java.util.concurrent.CompletionException when it has not taken one; the
	 * others may have been sent
	 */
	default void sendAll(Collection<WireMessage> messages, Duration atMost) {
		CompletableFuture.allOf(messages.stream().map(this::send).toArray(CompletableFuture[]::new))
			.orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
			.join();
	}

	/**
	 * Delivers every message of the topic to one member of the group.
	 * @param handler called on the wire's threads; see {@link WireHandler} for what its
	 * exceptions mean
	 * @return closing it leaves the group after the message in hand
	 */
	Subscription subscribe(String topic, String group, WireHandler handler);

	@Override
	void close();

	/** A consumer's membership in a group. */
	interface Subscription extends AutoCloseable {

		/** Whether the consumer still takes part; false after a fatal failure. */
		boolean isRunning();

		@Override
		void close();

	}

}
