package dev.whence.gateway.limit;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import dev.whence.model.Sha256;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets in Redis, as {@link TokenBucket} keeps them in memory: one number for each, by
 * the clock of Redis. What is lost with Redis is at most what a bucket lacked. A Redis
 * that fails or hangs is left alone for a while.
 */
final class RedisTokens implements TokenLender, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RedisTokens.class);

	/** Microseconds: what Redis tells, and exact in Lua's numbers. */
	private static final String TAKE = """
			local time = redis.call('time')
			local now = time[1] * 1000000 + time[2]
			local interval, capacity = tonumber(ARGV[1]), ARGV[1] * ARGV[2]
			local full = tonumber(redis.call('get', KEYS[1]) or now)
			-- A clock that was set back must not lock anybody out.
			full = math.max(now, math.min(full, now + capacity))
			local taken = math.min(math.floor((now + capacity - full) / interval), tonumber(ARGV[3]))
			if taken < 1 then
				return {0, math.max(1, math.ceil(full + interval - now - capacity))}
			end
			full = full + taken * interval
			redis.call('set', KEYS[1], string.format('%.0f', full), 'px', math.ceil((full - now) / 1000) + 1)
			return {taken, 0}
			""";

	private final RedissonClient redisson;

	private final int rate;

	private final int burst;

	private final SharedLimitProperties properties;

	// The client may block while it connects, which event loops must not.
	private final ExecutorService thread;

	private final CircuitBreaker breaker;

	RedisTokens(RedissonClient redisson, int rate, int burst, SharedLimitProperties properties, CircuitBreaker breaker,
			ExecutorService thread) {
		this.redisson = redisson;
		this.rate = rate;
		this.burst = burst;
		this.properties = properties;
		this.breaker = breaker;
		this.thread = thread;
		// The first connection takes longer than a request is ready to wait.
		thread.execute(() -> redisson.getBucket("limit:warm-up").isExistsAsync());
	}

	@Override
	public CompletableFuture<Loan> borrow(String client, int tokens) {
		return borrow(client, this.rate, this.burst, tokens);
	}

	/**
	 * The same for buckets of another size.
	 * @param perSecond how many tokens a bucket gets
	 * @param capacity how many it holds
	 */
	TokenLender lending(double perSecond, int capacity) {
		return new TokenLender() {

			@Override
			public CompletableFuture<Loan> borrow(String client, int tokens) {
				return RedisTokens.this.borrow(client, perSecond, capacity, tokens);
			}

			@Override
			public boolean isAway() {
				return RedisTokens.this.isAway();
			}

		};
	}

	private CompletableFuture<Loan> borrow(String client, double perSecond, int capacity, int tokens) {
		CompletableFuture<Loan> loan = new CompletableFuture<>();
		if (!this.breaker.tryAcquirePermission()) {
			loan.completeExceptionally(CallNotPermittedException.createCallNotPermittedException(this.breaker));
			return loan;
		}
		long begun = this.breaker.getCurrentTimestamp();
		try {
			this.thread.execute(() -> ask(client, perSecond, capacity, tokens, loan));
		}
		catch (RejectedExecutionException ex) {
			loan.completeExceptionally(ex);
		}
		loan.orTimeout(this.properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
		return loan.whenComplete((answer, failure) -> learn(failure, this.breaker.getCurrentTimestamp() - begun));
	}

	@Override
	public boolean isAway() {
		return this.breaker.getState() == CircuitBreaker.State.OPEN;
	}

	/** Whether the last question went unanswered, however long ago. */
	boolean isFailing() {
		return this.breaker.getState() != CircuitBreaker.State.CLOSED;
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
		this.redisson.shutdown(0, 1, TimeUnit.SECONDS);
	}

	private void ask(String client, double perSecond, int capacity, int tokens, CompletableFuture<Loan> loan) {
		if (loan.isDone()) {
			return;
		}
		this.redisson.getScript(StringCodec.INSTANCE)
			.<List<Long>>evalAsync(RScript.Mode.READ_WRITE, TAKE, RScript.ReturnType.LIST, List.of(key(client)),
					Double.toString(1e6 / perSecond), capacity, tokens)
			.whenComplete((answer, failure) -> {
				if (failure != null) {
					loan.completeExceptionally(failure);
				}
				else {
					loan.complete(new Loan(answer.getFirst().intValue(), Duration.ofNanos(answer.getLast() * 1000)));
				}
			});
	}

	private void learn(@Nullable Throwable failure, long took) {
		boolean wasFailing = isFailing();
		if (failure != null) {
			this.breaker.onError(took, this.breaker.getTimestampUnit(), failure);
			if (!wasFailing) {
				log.warn("Redis is away, limits hold for each gateway alone: {}", failure.toString());
			}
		}
		else {
			this.breaker.onSuccess(took, this.breaker.getTimestampUnit());
			if (wasFailing && !isFailing()) {
				log.info("Redis is back, limits hold for all gateways together");
			}
		}
	}

	/** Not the credential itself, which nobody should find in Redis. */
	private static String key(String client) {
		return "limit:" + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(client));
	}

}
