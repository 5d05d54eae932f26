package dev.whence.control.throttle;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

/**
 * Tries per key: so many at once, and one more after each pause. Nobody is locked out for
 * longer than one pause. As the generic cell rate algorithm (ITU-T I.371), the state is
 * the moment at which the allowance would be whole again.
 */
final class Allowance {

	private static final long MOST_KEYS = 100_000;

	private final Cache<String, Long> wholeAgainAt;

	private final Ticker ticker;

	private final long pause;

	private final long capacity;

	Allowance(int atOnce, Duration pause, Ticker ticker) {
		this.ticker = ticker;
		this.pause = pause.toNanos();
		this.capacity = this.pause * atOnce;
		// Whoever waited for so long has all tries again.
		this.wholeAgainAt = Caffeine.newBuilder()
			.maximumSize(MOST_KEYS)
			.ticker(ticker)
			.expireAfterWrite(pause.multipliedBy(atOnce))
			.build();
	}

	/**
	 * Takes one try. Returns how long to wait for the next; zero if this one was free.
	 */
	Duration take(String key) {
		long now = this.ticker.read();
		long[] missing = new long[1];
		this.wholeAgainAt.asMap().compute(key, (same, whole) -> {
			long next = ((whole != null && whole - now > 0) ? whole : now) + this.pause;
			missing[0] = next - now - this.capacity;
			return (missing[0] > 0) ? whole : Long.valueOf(next);
		});
		return Duration.ofNanos(Math.max(0, missing[0]));
	}

	/** Gives all tries back, for it was the right one. */
	void reset(String key) {
		this.wholeAgainAt.invalidate(key);
	}

}
