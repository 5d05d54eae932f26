package dev.whence.gateway.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the memory of the bodies in the lane by what has arrived of them: what a client
 * announces and does not send costs nobody anything. When there is no room for what
 * arrives, bodies that have been arriving for longer than the patience give way, the
 * oldest first, so that no sender can hold room for long that others need.
 */
final class BytesInFlight {

	private final long limit;

	private final long patienceNanos;

	private final LongSupplier nanoTime;

	private final AtomicLong held = new AtomicLong();

	/** Of bodies that are here in part, oldest first; guarded by itself. */
	private final Set<Account> arriving = new LinkedHashSet<>();

	/**
	 * Room for bodies.
	 * @param limit in bytes, of all bodies together
	 * @param patience how long a body may be arriving before it gives way to others
	 */
	BytesInFlight(long limit, Duration patience) {
		this(limit, patience, System::nanoTime);
	}

	BytesInFlight(long limit, Duration patience, LongSupplier nanoTime) {
		this.limit = limit;
		this.patienceNanos = patience.toNanos();
		this.nanoTime = nanoTime;
	}

	/**
	 * Opens the account of a body, which is to be closed once.
	 * @param length that the body will have
	 * @param giveWay what happens when the body has to go, once and on the thread of
	 * whoever needs the room; its bytes no longer count then
	 */
	Account open(long length, Runnable giveWay) {
		return new Account(length, giveWay);
	}

	/** Whether there is room now, perhaps because others give way; takes none. */
	boolean hasRoomFor(long bytes) {
		return this.held.get() + bytes <= this.limit || makeRoom(bytes);
	}

	long held() {
		return this.held.get();
	}

	private boolean tryTake(long bytes) {
		while (true) {
			if (this.held.addAndGet(bytes) <= this.limit) {
				return true;
			}
			this.held.addAndGet(-bytes);
			if (!makeRoom(bytes)) {
				return false;
			}
		}
	}

	/** Asks the oldest to give way; whether there is room then. */
	private boolean makeRoom(long bytes) {
		List<Account> leaving = new ArrayList<>();
		synchronized (this.arriving) {
			long now = this.nanoTime.getAsLong();
			for (Iterator<Account> oldest = this.arriving.iterator(); oldest.hasNext()
					&& this.held.get() + bytes > this.limit;) {
				Account account = oldest.next();
				if (now - account.begun < this.patienceNanos) {
					break;
				}
				oldest.remove();
				if (account.leaveIncomplete()) {
					leaving.add(account);
				}
			}
		}
		leaving.forEach((account) -> account.giveWay.run());
		return this.held.get() + bytes <= this.limit;
	}

	/** What one body holds. */
	final class Account {

		private final long length;

		private final Runnable giveWay;

		private final long begun = BytesInFlight.this.nanoTime.getAsLong();

		/** Guarded by this account, as is whether it has left. */
		private long bytes;

		private boolean left;

		/** Whether the body was ever here in part. */
		private volatile boolean inParts;

		private Account(long length, Runnable giveWay) {
			this.length = length;
			this.giveWay = giveWay;
		}

		/**
		 * Takes room for a part that has arrived.
		 * @return false if there is none, or if the body had to go meanwhile
		 */
		boolean add(long part) {
			if (hasLeft() || !tryTake(part)) {
				return false;
			}
			long before;
			synchronized (this) {
				if (this.left) {
					BytesInFlight.this.held.addAndGet(-part);
					return false;
				}
				before = this.bytes;
				this.bytes += part;
			}
			if (before + part < this.length) {
				if (!this.inParts) {
					arrives();
				}
			}
			else if (this.inParts) {
				forget();
			}
			return true;
		}

		/** Gives everything back. */
		void close() {
			leave();
			if (this.inParts) {
				forget();
			}
		}

		private void arrives() {
			this.inParts = true;
			synchronized (BytesInFlight.this.arriving) {
				if (!hasLeft()) {
					BytesInFlight.this.arriving.add(this);
				}
			}
		}

		private void forget() {
			synchronized (BytesInFlight.this.arriving) {
				BytesInFlight.this.arriving.remove(this);
			}
		}

		/** Leaves unless all of the body is here, which has nobody to wait for. */
		private synchronized boolean leaveIncomplete() {
			if (this.left || this.bytes >= this.length) {
				return false;
			}
			leave();
			return true;
		}

		private synchronized void leave() {
			if (!this.left) {
				this.left = true;
				BytesInFlight.this.held.addAndGet(-this.bytes);
			}
		}

		private synchronized boolean hasLeft() {
			return this.left;
		}

	}

}
