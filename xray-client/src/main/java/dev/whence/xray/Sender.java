package dev.whence.xray;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that empties the outbox: batch by batch, each until the server has
 * answered for it or its time is over, so that a batch never overtakes another.
 * <p>
 * While it closes it is in a hurry: a server that asks for patience gets it as long as
 * there is time, one that does not answer gets one more attempt.
 */
final class Sender {

	/** Doubled with each attempt, up to {@link #LONGEST_PAUSE}. */
	private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	/** Well below what servers and proxies take; a larger event goes alone. */
	private static final long MOST_BATCH_BYTES = 1024 * 1024;

	/** How long an interrupted attempt may take to end. */
	private static final Duration GRACE = Duration.ofMillis(250);

	private static final int NEVER = Integer.MAX_VALUE;

	private final Settings settings;

	private final Outbox outbox;

	private final Transport transport;

	private final RareLog log = new RareLog();

	private final Thread thread;

	private final Object progress = new Object();

	private final AtomicLong flushUpTo = new AtomicLong();

	/** With how many events waiting the thread is woken. */
	private volatile int wakeAt = NEVER;

	private volatile boolean closing;

	private volatile long closeBy;

	/** Nothing is sent any more. */
	private volatile boolean over;

	/** Only the sending thread's. */
	private boolean lastAttempt;

	/** Only the sending thread's. */
	private long droppedSoFar;

	Sender(Settings settings, Outbox outbox) {
		this.settings = settings;
		this.outbox = outbox;
		this.transport = new Transport(settings);
		// Without the thread locals of whoever comes first.
		this.thread = new Thread(null, this::run, "whence-xray", 0, false);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/** To be called after each offer; never waits. */
	void wake() {
		if (this.outbox.size() >= this.wakeAt) {
			LockSupport.unpark(this.thread);
		}
	}

	/** Waits until what was offered so far is settled, or the time is over. */
	boolean flush(Duration timeout) {
		long target = this.outbox.accepted();
		long deadline = System.nanoTime() + timeout.toNanos();
		this.flushUpTo.accumulateAndGet(target, Math::max);
		LockSupport.unpark(this.thread);
		try {
			synchronized (this.progress) {
				while (this.outbox.settled() < target) {
					long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
					if (left <= 0) {
						return false;
					}
					this.progress.wait(Math.min(left, GRACE.toMillis()));
				}
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Sends what waits, within the time; what is left then is dropped. */
	void close(Duration timeout) {
		this.closeBy = System.nanoTime() + timeout.toNanos();
		this.closing = true;
		LockSupport.unpark(this.thread);
		boolean interrupted = join(timeout);
		if (this.thread.isAlive()) {
			this.over = true;
			this.thread.interrupt();
			interrupted |= join(GRACE);
		}
		this.outbox.close();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	// An interrupt asks to hurry, and this is short; what was recorded shall arrive.
	private boolean join(Duration timeout) {
		boolean interrupted = false;
		long deadline = System.nanoTime() + timeout.toNanos();
		while (this.thread.isAlive()) {
			long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
			if (left <= 0) {
				break;
			}
			try {
				this.thread.join(left);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		return interrupted;
	}

	private void run() {
		try {
			for (List<byte[]> batch = next(); !batch.isEmpty(); batch = next()) {
				deliver(batch);
			}
		}
		finally {
			this.outbox.close();
			tellDrops();
			tellProgress();
		}
	}

	/** The next batch, once it is full or has waited long enough; empty at the end. */
	private List<byte[]> next() {
		while (true) {
			// Said before looking, so that an event which is not seen wakes.
			this.wakeAt = 1;
			while (this.outbox.size() == 0 && !this.closing && !this.over) {
				LockSupport.park(this);
				Thread.interrupted();
			}
			if (this.over || this.outbox.size() == 0) {
				return List.of();
			}
			this.wakeAt = this.settings.batchSize();
			awaitMore();
			this.wakeAt = NEVER;
			List<byte[]> batch = this.outbox.take(this.settings.batchSize(), MOST_BATCH_BYTES);
			if (!batch.isEmpty()) {
				return batch;
			}
			// An event is counted a moment before it can be taken.
			Thread.onSpinWait();
		}
	}

	private void awaitMore() {
		long until = System.nanoTime() + this.settings.batchDelay().toNanos();
		while (this.outbox.size() < this.settings.batchSize() && !inHurry()) {
			long left = until - System.nanoTime();
			if (left <= 0) {
				return;
			}
			LockSupport.parkNanos(this, left);
			Thread.interrupted();
		}
	}

	private boolean inHurry() {
		return this.closing || this.over || this.flushUpTo.get() > this.outbox.settled();
	}

	private void deliver(List<byte[]> batch) {
		long giveUpAt = System.nanoTime() + this.settings.retryFor().toNanos();
		Duration pause = FIRST_PAUSE;
		while (!this.over) {
			Delivery delivery;
			try {
				delivery = this.transport.post(batch, this.settings.requestTimeout());
			}
			catch (InterruptedException ex) {
				continue;
			}
			tellDrops();
			if (delivery instanceof Delivery.Accepted accepted) {
				if (accepted.refused() > 0) {
					this.log.warn(accepted.refused() + " events were refused");
				}
				settle(() -> this.outbox.delivered(batch, accepted.refused()));
				return;
			}
			if (delivery instanceof Delivery.Refused refused) {
				this.log.warn(refused.refused() + " events were refused: " + refused.why());
				settle(() -> this.outbox.delivered(batch, refused.refused()));
				return;
			}
			if (delivery instanceof Delivery.TooLarge) {
				deliverHalves(batch);
				return;
			}
			if (!mayTryAgain(delivery, jittered(pause), giveUpAt)) {
				break;
			}
			pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
		}
		settle(() -> {
			if (this.closing) {
				this.outbox.dropped(batch);
			}
			else {
				this.outbox.failed(batch);
			}
		});
	}

	private void deliverHalves(List<byte[]> batch) {
		if (batch.size() == 1) {
			this.log.warn("an event of " + batch.get(0).length + " bytes was refused as too large");
			settle(() -> this.outbox.failed(batch));
			return;
		}
		int half = batch.size() / 2;
		deliver(batch.subList(0, half));
		deliver(batch.subList(half, batch.size()));
	}

	/** Waits before the next attempt; false when there shall be none. */
	private boolean mayTryAgain(Delivery delivery, Duration pause, long giveUpAt) {
		boolean answered = delivery instanceof Delivery.Later;
		Duration wait = pause;
		if (delivery instanceof Delivery.Later later) {
			this.log.warn("the server asks to wait: " + later.why());
			// No server may ask for more; it could be years.
			wait = longer(pause, shorter(later.after(), this.settings.retryFor()));
		}
		else if (delivery instanceof Delivery.Unreachable unreachable) {
			this.log.warn("no answer from " + this.settings.ingest() + ": " + unreachable.why());
			if (this.lastAttempt) {
				this.over = true;
			}
			this.lastAttempt = this.closing;
		}
		long now = System.nanoTime();
		long until = now + wait.toNanos();
		for (; until - now > 0; now = System.nanoTime()) {
			if (answered && this.closing && until - this.closeBy > 0) {
				// There will be no time left for any batch then.
				this.over = true;
			}
			if (this.over || giveUpAt - now <= 0) {
				return false;
			}
			if (this.closing && !answered && !this.lastAttempt) {
				this.lastAttempt = true;
				return true;
			}
			LockSupport.parkNanos(this, Math.min(until - now, giveUpAt - now));
			Thread.interrupted();
		}
		return giveUpAt - now > 0;
	}

	private static Duration jittered(Duration pause) {
		return Duration.ofNanos((long) (pause.toNanos() * (0.5 + ThreadLocalRandom.current().nextDouble() / 2)));
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private void settle(Runnable settlement) {
		settlement.run();
		tellProgress();
	}

	private void tellProgress() {
		synchronized (this.progress) {
			this.progress.notifyAll();
		}
	}

	private void tellDrops() {
		long dropped = this.outbox.dropped();
		if (dropped > this.droppedSoFar) {
			this.log.warn((dropped - this.droppedSoFar) + " events were dropped");
			this.droppedSoFar = dropped;
		}
	}

}
