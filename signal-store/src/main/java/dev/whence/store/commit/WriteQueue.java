package dev.whence.store.commit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for a commit, bounded by its bytes and by the time the oldest has waited: a
 * database that hangs must not gather callers who will all give up.
 * <p>
 * While a commit is under way, another begins only once enough waits for it. A commit
 * costs the same for one row as for a hundred, so few large ones beat many small ones;
 * and who waits for the one under way usually waits no longer than it takes. When that
 * one hangs, the next begins soon whatever its size.
 */
final class WriteQueue {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<PendingWrite> waiting = new ArrayDeque<>();

	private final long mostBytes;

	private final long mostNanos;

	private final int worthACommit;

	private final long stuckNanos;

	private long bytes;

	private int rows;

	private int underWay;

	private boolean closed;

	/**
	 * @param worthACommit from how many waiting rows on another commit begins beside one
	 * that is under way
	 * @param stuck after about how long a call no longer waits for the commit that is
	 * under way, if a thread is idle
	 */
	WriteQueue(long mostBytes, Duration longestWait, int worthACommit, Duration stuck) {
		this.mostBytes = mostBytes;
		this.worthACommit = worthACommit;
		this.mostNanos = longestWait.toNanos();
		this.stuckNanos = stuck.toNanos();
	}

	/**
	 * @return false when the queue is at a limit; nothing was added
	 */
	boolean offer(PendingWrite write) {
		this.lock.lock();
		try {
			if (this.closed || (!this.waiting.isEmpty() && isFull(write))) {
				return false;
			}
			this.waiting.add(write);
			this.bytes += write.size();
			this.rows += write.bundles().size();
			if (isReady()) {
				this.changed.signal();
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for something to commit and takes as much as one commit should carry, but at
	 * least one call. Each non-empty answer must be followed by {@link #done()}.
	 * @return empty once the queue is closed and everything has been taken
	 */
	List<PendingWrite> take(int mostRows) throws InterruptedException {
		this.lock.lock();
		try {
			while (true) {
				while (!isReady() && !this.closed) {
					// Nobody says when a commit is stuck, so whoever is idle looks.
					this.changed.awaitNanos(this.stuckNanos);
				}
				List<PendingWrite> taken = takeUpTo(mostRows);
				if (!taken.isEmpty()) {
					this.underWay++;
					if (isReady()) {
						this.changed.signal();
					}
					return taken;
				}
				// Otherwise everybody who waited had given up.
				if (this.closed) {
					return taken;
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Says that a commit has ended. */
	void done() {
		this.lock.lock();
		try {
			this.underWay--;
			if (isReady()) {
				this.changed.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes in nothing more; what waits can still be taken. */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isReady() {
		return !this.waiting.isEmpty()
				&& (this.underWay == 0 || this.rows >= this.worthACommit || headWaited() > this.stuckNanos);
	}

	private List<PendingWrite> takeUpTo(int mostRows) {
		List<PendingWrite> taken = new ArrayList<>();
		int count = 0;
		while (!this.waiting.isEmpty()
				&& (taken.isEmpty() || count + this.waiting.getFirst().bundles().size() <= mostRows)) {
			PendingWrite next = this.waiting.removeFirst();
			this.bytes -= next.size();
			this.rows -= next.bundles().size();
			if (next.claim()) {
				taken.add(next);
				count += next.bundles().size();
			}
		}
		return taken;
	}

	private boolean isFull(PendingWrite write) {
		return this.bytes + write.size() > this.mostBytes || headWaited() > this.mostNanos;
	}

	private long headWaited() {
		return System.nanoTime() - this.waiting.getFirst().enqueuedAt();
	}

}
