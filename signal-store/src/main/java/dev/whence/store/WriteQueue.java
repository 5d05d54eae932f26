package dev.whence.store;

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
 */
final class WriteQueue {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition notEmpty = this.lock.newCondition();

	private final Deque<PendingWrite> waiting = new ArrayDeque<>();

	private final long mostBytes;

	private final long mostNanos;

	private long bytes;

	private boolean closed;

	WriteQueue(long mostBytes, Duration longestWait) {
		this.mostBytes = mostBytes;
		this.mostNanos = longestWait.toNanos();
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
			this.notEmpty.signal();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for something to commit and takes as much as one commit should carry, but at
	 * least one call.
	 * @return empty once the queue is closed and everything has been taken
	 */
	List<PendingWrite> take(int mostRows) throws InterruptedException {
		List<PendingWrite> taken = new ArrayList<>();
		this.lock.lock();
		try {
			while (this.waiting.isEmpty() && !this.closed) {
				this.notEmpty.await();
			}
			int rows = 0;
			while (!this.waiting.isEmpty()
					&& (taken.isEmpty() || rows + this.waiting.getFirst().submissions().size() <= mostRows)) {
				PendingWrite next = this.waiting.removeFirst();
				this.bytes -= next.size();
				if (next.claim()) {
					taken.add(next);
					rows += next.submissions().size();
				}
			}
			if (taken.isEmpty() && !this.closed) {
				// Everybody who waited had given up.
				return take(mostRows);
			}
			return taken;
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
			this.notEmpty.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isFull(PendingWrite write) {
		return this.bytes + write.size() > this.mostBytes
				|| System.nanoTime() - this.waiting.getFirst().enqueuedAt() > this.mostNanos;
	}

}
