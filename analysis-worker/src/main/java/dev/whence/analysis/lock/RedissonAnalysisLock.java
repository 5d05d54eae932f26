package dev.whence.analysis.lock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks in Redis. Redisson's watchdog renews the lease; a circuit breaker keeps a Redis
 * that fails or hangs from costing every analysis its timeout.
 */
class RedissonAnalysisLock implements AnalysisLock {

	private static final Logger logger = LoggerFactory.getLogger(RedissonAnalysisLock.class);

	private static final String PREFIX = "rca:";

	private static final Executor VIRTUAL = (task) -> Thread.ofVirtual().name("analysis-lock").start(task);

	private final RedissonClient redisson;

	private final CircuitBreaker breaker;

	private final Duration timeout;

	private final LockMetrics metrics;

	// Redisson tells holders apart by thread id. An id per acquisition makes the lock
	// independent of threads, and not reentrant.
	private final AtomicLong holders = new AtomicLong(ThreadLocalRandom.current().nextLong(1L << 40));

	RedissonAnalysisLock(RedissonClient redisson, CircuitBreaker breaker, Duration timeout, LockMetrics metrics) {
		this.redisson = redisson;
		this.breaker = breaker;
		this.timeout = timeout;
		this.metrics = metrics;
		// The first connection takes longer than an analysis is ready to wait. What comes
		// of it does not matter: the breaker learns from real questions only.
		ask(() -> redisson.getLock(PREFIX + "warm-up").isLockedAsync());
	}

	@Override
	public Optional<Held> tryAcquire(String key) {
		RLock lock = this.redisson.getLock(PREFIX + key);
		long holder = this.holders.incrementAndGet();
		try {
			boolean acquired = this.breaker.executeCallable(() -> acquire(lock, holder));
			this.metrics.count(acquired ? "acquired" : "busy");
			return acquired ? Optional.of(new Guarded(lock, holder)) : Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		catch (CallNotPermittedException ex) {
			this.metrics.count("unguarded");
			return Optional.of(new Unguarded());
		}
		catch (Exception ex) {
			logger.warn("Redis is away, {} is analysed without a lock: {}", key, ex.toString());
			this.metrics.count("unguarded");
			return Optional.of(new Unguarded());
		}
	}

	@Override
	public void close() {
		this.redisson.shutdown(0, this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	private boolean acquire(RLock lock, long holder) throws Exception {
		CompletableFuture<Boolean> answer = ask(() -> lock.tryLockAsync(holder));
		try {
			return answer.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | InterruptedException ex) {
			// Redis may still grant it, and the watchdog would renew it for ever.
			answer.thenAccept((acquired) -> {
				if (acquired) {
					lock.unlockAsync(holder);
				}
			});
			throw ex;
		}
	}

	// Redisson connects on the caller's thread when it has no connection yet, with
	// timeouts of its own.
	private static <T> CompletableFuture<T> ask(Supplier<CompletionStage<T>> question) {
		return CompletableFuture.supplyAsync(question, VIRTUAL).thenCompose((answer) -> answer);
	}

	private final class Guarded implements Held {

		private final RLock lock;

		private final long holder;

		Guarded(RLock lock, long holder) {
			this.lock = lock;
			this.holder = holder;
		}

		@Override
		public boolean isHeld() {
			return answer(() -> this.lock.isHeldByThreadAsync(this.holder)).orElse(false);
		}

		@Override
		public void close() {
			// Also ends the renewal, so that a release that Redis does not hear expires.
			answer(() -> this.lock.unlockAsync(this.holder));
		}

		private <T> Optional<T> answer(Supplier<CompletionStage<T>> question) {
			try {
				return Optional
					.ofNullable(ask(question).get(RedissonAnalysisLock.this.timeout.toMillis(), TimeUnit.MILLISECONDS));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (ExecutionException | TimeoutException ex) {
				logger.debug("{} is not held any more or Redis is away", this.lock.getName(), ex);
			}
			return Optional.empty();
		}

	}

	private static final class Unguarded implements Held {

		@Override
		public boolean isHeld() {
			return false;
		}

		@Override
		public void close() {
		}

	}

}
