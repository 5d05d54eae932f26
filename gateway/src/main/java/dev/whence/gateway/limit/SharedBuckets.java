package dev.whence.gateway.limit;

import java.time.Duration;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

/** Buckets that hold for all gateways together; a bounded number is remembered here. */
final class SharedBuckets implements KeyLimit {

	/**
	 * A batch is a tenth of a second's tokens: little enough to be lost with a gateway.
	 */
	private static final int BATCHES = 10;

	private final Cache<String, LeasedBucket> buckets;

	private final int rate;

	private final int burst;

	private final TokenLender lender;

	private final Duration patience;

	private final LongSupplier nanoTime;

	SharedBuckets(int rate, int burst, int trackedClients, TokenLender lender, Duration patience,
			LongSupplier nanoTime) {
		this.rate = rate;
		this.burst = burst;
		this.lender = lender;
		this.patience = patience;
		this.nanoTime = nanoTime;
		this.buckets = Caffeine.newBuilder()
			.maximumSize(trackedClients)
			.expireAfterAccess(Duration.ofMinutes(10))
			.build();
	}

	@Override
	public Mono<Duration> waitOf(String client) {
		return this.buckets.get(client, this::bucket).tryTake();
	}

	private LeasedBucket bucket(String client) {
		return new LeasedBucket(client, new TokenBucket(this.rate, this.burst, this.nanoTime.getAsLong()), this.lender,
				Math.max(1, Math.min(this.rate, this.burst) / BATCHES), this.patience, this.nanoTime);
	}

}
