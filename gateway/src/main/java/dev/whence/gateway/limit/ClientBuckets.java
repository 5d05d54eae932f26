package dev.whence.gateway.limit;

import java.time.Duration;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** The buckets of all clients of one kind; a bounded number of them is remembered. */
final class ClientBuckets {

	private final Cache<String, TokenBucket> buckets;

	private final int rate;

	private final int burst;

	private final LongSupplier nanoTime;

	ClientBuckets(int rate, int burst, int trackedClients, LongSupplier nanoTime) {
		this.rate = rate;
		this.burst = burst;
		this.nanoTime = nanoTime;
		this.buckets = Caffeine.newBuilder()
			.maximumSize(trackedClients)
			.expireAfterAccess(Duration.ofMinutes(10))
			.build();
	}

	/** How long the client has to wait; zero if it may go on. */
	Duration waitOf(String client) {
		if (this.rate == 0) {
			return Duration.ZERO;
		}
		long now = this.nanoTime.getAsLong();
		TokenBucket bucket = this.buckets.get(client, (key) -> new TokenBucket(this.rate, this.burst, now));
		return Duration.ofNanos(bucket.tryTake(now));
	}

}
