package dev.whence.support.wire.inprocess;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import dev.whence.support.wire.WireMessage;
import dev.whence.support.wire.WireMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The unhandled messages of one group. Messages with the same key wait in one lane, and
 * only the first of a lane can be claimed. A claim ends when its message is done, given
 * back, or when the time for handling is over; whoever comes too late finds that the
 * claim is no longer theirs.
 */
class Group {

	private final String topic;

	private final String name;

	private final Duration handlingLimit;

	private final ScheduledExecutorService clock;

	private final WireMetrics metrics;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition work = this.lock.newCondition();

	private final Map<String, Lane> lanes = new HashMap<>();

	private final Deque<Lane> ready = new ArrayDeque<>();

	private int pending;

	private boolean closed;

	Group(String topic, String name, Duration handlingLimit, ScheduledExecutorService clock, WireMetrics metrics) {
		this.topic = topic;
		this.name = name;
		this.handlingLimit = handlingLimit;
		this.clock = clock;
		this.metrics = metrics;
	}

	String topic() {
		return this.topic;
	}

	String name() {
		return this.name;
	}

	void add(WireMessage message) {
		this.lock.lock();
		try {
			Lane lane = this.lanes.get(message.key());
			if (lane == null) {
				lane = new Lane(message.key());
				this.lanes.put(message.key(), lane);
				makeReady(lane);
			}
			lane.messages.addLast(message);
			this.pending++;
		}
		finally {
			this.lock.unlock();
		}
	}

	int pending() {
		this.lock.lock();
		try {
			return this.pending;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for a message.
	 * @return null when the member leaves or the wire is closed
	 */
	@Nullable Claim claim(BooleanSupplier leaving) throws InterruptedException {
		this.lock.lock();
		try {
			while (!leaving.getAsBoolean() && !this.closed) {
				Lane lane = this.ready.pollFirst();
				if (lane != null) {
					return claim(lane);
				}
				this.work.await();
			}
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Claim claim(Lane lane) {
		Claim claim = new Claim(lane.messages.getFirst(), ++lane.attempts);
		lane.claim = claim;
		try {
			claim.deadline = this.clock.schedule(() -> giveBack(claim, Duration.ZERO), this.handlingLimit.toMillis(),
					TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException closing) {
			// No other member will come either.
		}
		return claim;
	}

	/** The message needs no further delivery. */
	void done(Claim claim) {
		this.lock.lock();
		try {
			Lane lane = laneOf(claim);
			if (lane != null) {
				lane.messages.removeFirst();
				lane.attempts = 0;
				this.pending--;
				if (lane.messages.isEmpty()) {
					this.lanes.remove(lane.key);
				}
				else {
					makeReady(lane);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The message shall be delivered again after a pause. */
	void giveBack(Claim claim, Duration pause) {
		this.lock.lock();
		try {
			Lane lane = laneOf(claim);
			if (lane == null) {
				return;
			}
			this.metrics.redelivered(this.topic, this.name);
			if (pause.isZero()) {
				makeReady(lane);
			}
			else if (!this.closed) {
				this.clock.schedule(() -> wake(lane), pause.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (RejectedExecutionException closing) {
			// The wire ends, and the message with it.
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Makes waiting members look whether they should leave. */
	void wakeMembers() {
		this.lock.lock();
		try {
			this.work.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.work.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void wake(Lane lane) {
		this.lock.lock();
		try {
			makeReady(lane);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void makeReady(Lane lane) {
		this.ready.addLast(lane);
		this.work.signal();
	}

	// Ends the claim if it is still the valid one.
	private @Nullable Lane laneOf(Claim claim) {
		if (claim.deadline != null) {
			claim.deadline.cancel(false);
		}
		Lane lane = this.lanes.get(claim.message.key());
		if (lane == null || lane.claim != claim) {
			return null;
		}
		lane.claim = null;
		return lane;
	}

	private static final class Lane {

		private final String key;

		private final Deque<WireMessage> messages = new ArrayDeque<>();

		private int attempts;

		private @Nullable Claim claim;

		Lane(String key) {
			this.key = key;
		}

	}

}
