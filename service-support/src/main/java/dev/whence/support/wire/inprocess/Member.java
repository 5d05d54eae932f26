package dev.whence.support.wire.inprocess;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.whence.support.wire.DeadLetters;
import dev.whence.support.wire.EventWire;
import dev.whence.support.wire.WireHandler;
import dev.whence.support.wire.WireMessage;
import dev.whence.support.wire.WireMetrics;
import dev.whence.support.wire.WireProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscription: a few virtual threads that claim messages of their group. */
final class Member implements EventWire.Subscription {

	private static final Logger logger = LoggerFactory.getLogger(Member.class);

	private final Group group;

	private final WireHandler handler;

	private final Consumer<WireMessage> deadLetters;

	private final WireProperties properties;

	private final WireMetrics metrics;

	private final Set<Claim> inHand = ConcurrentHashMap.newKeySet();

	private final List<Thread> threads;

	private volatile boolean leaving;

	Member(Group group, WireHandler handler, Consumer<WireMessage> deadLetters, WireProperties properties,
			WireMetrics metrics) {
		this.group = group;
		this.handler = handler;
		this.deadLetters = deadLetters;
		this.properties = properties;
		this.metrics = metrics;
		this.threads = IntStream.range(0, properties.concurrency())
			.mapToObj((n) -> Thread.ofVirtual().name("wire-" + group.name() + "-" + n).start(this::work))
			.toList();
	}

	@Override
	public boolean isRunning() {
		return !this.leaving && this.threads.stream().anyMatch(Thread::isAlive);
	}

	@Override
	public void close() {
		this.leaving = true;
		this.group.wakeMembers();
		try {
			Instant deadline = Instant.now().plus(this.properties.handlingLimit());
			for (Thread thread : this.threads) {
				thread.join(Duration.between(Instant.now(), deadline));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		// Who is still busy is stuck: let the others have the message at once.
		this.inHand.forEach((claim) -> this.group.giveBack(claim, Duration.ZERO));
	}

	private void work() {
		try {
			Claim claim = this.group.claim(() -> this.leaving);
			while (claim != null) {
				this.inHand.add(claim);
				deliver(claim);
				this.inHand.remove(claim);
				// A handler's interruption must not end the worker.
				Thread.interrupted();
				claim = this.group.claim(() -> this.leaving);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void deliver(Claim claim) {
		try {
			this.handler.handle(claim.message);
			this.metrics.handled(this.group.topic(), this.group.name());
			this.group.done(claim);
		}
		catch (Throwable failure) {
			if (WireHandler.isPoison(failure)) {
				bury(claim, failure);
			}
			else {
				Duration pause = this.properties.retry().pauseAfter(claim.attempt);
				// The stack trace once; how long it goes on is told by the attempts.
				logger.warn("{} could not handle {} of {} (attempt {}), next attempt in {}: {}", this.group.name(),
						claim.message.key(), this.group.topic(), claim.attempt, pause, failure.toString(),
						(claim.attempt == 1) ? failure : null);
				this.group.giveBack(claim, pause);
			}
		}
	}

	private void bury(Claim claim, Throwable failure) {
		logger.error("{} can never handle {} of {}", this.group.name(), claim.message.key(), this.group.topic(),
				failure);
		this.metrics.deadLettered(this.group.topic(), this.group.name());
		if (!DeadLetters.isDeadLetterTopic(this.group.topic())) {
			this.deadLetters.accept(new WireMessage(DeadLetters.topicOf(this.group.topic()), claim.message.key(),
					claim.message.json()));
		}
		this.group.done(claim);
	}

}
