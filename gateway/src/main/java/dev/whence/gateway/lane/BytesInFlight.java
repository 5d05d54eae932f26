package dev.whence.gateway.lane;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory of the bodies in the lane by what they announce, before any of them
 * is read: a client that is refused has cost a head and no body.
 */
final class BytesInFlight {

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	BytesInFlight(long limit) {
		this.limit = limit;
	}

	/**
	 * Takes room for a body, which is then to be given back once.
	 * @return false if there is too little; a body that is alone always fits
	 */
	boolean tryTake(long bytes) {
		long before = this.held.getAndAdd(bytes);
		if (before > 0 && before + bytes > this.limit) {
			this.held.addAndGet(-bytes);
			return false;
		}
		return true;
	}

	void giveBack(long bytes) {
		this.held.addAndGet(-bytes);
	}

	long held() {
		return this.held.get();
	}

}
