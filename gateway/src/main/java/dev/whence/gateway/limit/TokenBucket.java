package dev.whence.gateway.limit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket without a timer, as the generic cell rate algorithm (ITU-T I.371): the
 * only state is the time at which the bucket would be full again. Safe for use by many
 * threads; a refused request costs nothing.
 */
final class TokenBucket {

	private static final long SECOND = 1_000_000_000L;

	private final long nanosPerToken;

	private final long capacityNanos;

	private final AtomicLong fullAt;

	TokenBucket(int tokensPerSecond, int burst, long nowNanos) {
		this(burst, Math.max(1, SECOND / tokensPerSecond), nowNanos);
	}

	private TokenBucket(int burst, long nanosPerToken, long nowNanos) {
		this.nanosPerToken = nanosPerToken;
		this.capacityNanos = this.nanosPerToken * burst;
		this.fullAt = new AtomicLong(nowNanos);
	}

	/** So many in a minute, all of which may come at once. */
	static TokenBucket perMinute(int tokens, long nowNanos) {
		return new TokenBucket(tokens, Math.max(1, 60 * SECOND / tokens), nowNanos);
	}

	/**
	 * Takes one token.
	 * @param nowNanos a monotonic clock
	 * @return 0 if there was one, otherwise the nanoseconds until there will be
	 */
	long tryTake(long nowNanos) {
		while (true) {
			long current = this.fullAt.get();
			long base = (current - nowNanos > 0) ? current : nowNanos;
			long next = base + this.nanosPerToken;
			long missing = next - nowNanos - this.capacityNanos;
			if (missing > 0) {
				return missing;
			}
			if (this.fullAt.compareAndSet(current, next)) {
				return 0;
			}
		}
	}

}
