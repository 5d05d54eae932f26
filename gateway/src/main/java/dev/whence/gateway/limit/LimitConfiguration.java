package dev.whence.gateway.limit;

import java.time.Duration;
import java.util.concurrent.Executors;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.shield.TrustedProxies;
import dev.whence.support.redis.RedisCheck;
import dev.whence.support.redis.RedisProperties;
import dev.whence.support.redis.RedissonConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ LimitProperties.class, SharedLimitProperties.class, RedisProperties.class })
class LimitConfiguration {

	@Bean
	AddressLimit addressLimit(LimitProperties limits, TrustedProxies proxies) {
		return new AddressLimit(new ClientBuckets(limits.addressRate(), limits.addressBurst(), limits.trackedClients(),
				System::nanoTime), proxies);
	}

	@Bean
	ClientLimits clientLimits(KeyLimit keys, KeyQuotas quotas, AddressLimit addresses) {
		return new ClientLimits(quotas.before(keys), addresses, quotas);
	}

	@Bean
	RateLimitFilter rateLimit(KeyLimit keys, KeyQuotas quotas, AddressLimit addresses) {
		return new RateLimitFilter(quotas.before(keys), addresses);
	}

	@Bean
	QuotaHeaders quotaHeaders(KeyQuotas quotas) {
		return new QuotaHeaders(quotas);
	}

	@Bean
	BodyLimitFilter bodyLimit(LimitProperties limits, Deadlines deadlines) {
		return new BodyLimitFilter(new BodyLimit(limits.maxBody(), limits.bodyTime()), deadlines);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "whence.gateway.limit.shared.kind", havingValue = "in-process")
	static class InProcess {

		@Bean
		KeyLimit keyLimit(LimitProperties limits) {
			ClientBuckets keys = new ClientBuckets(limits.keyRate(), limits.keyBurst(), limits.trackedClients(),
					System::nanoTime);
			return (client) -> {
				Duration wait = keys.waitOf(client);
				return wait.isZero() ? KeyLimit.GO_ON : Mono.just(wait);
			};
		}

		@Bean
		KeyQuotas keyQuotas(LimitProperties limits) {
			return new KeyQuotas(limits.trackedClients(), (client, perMinute) -> {
				TokenBucket bucket = TokenBucket.perMinute(perMinute, System.nanoTime());
				return () -> {
					long missing = bucket.tryTake(System.nanoTime());
					return (missing == 0) ? KeyLimit.GO_ON : Mono.just(Duration.ofNanos(missing));
				};
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "whence.gateway.limit.shared.kind", havingValue = "redis", matchIfMissing = true)
	static class InRedis {

		/** As {@link SharedBuckets} borrow: a tenth of a second's tokens at most. */
		private static final int BATCHES_A_MINUTE = 600;

		/**
		 * One failure opens it; one question at a time finds out whether Redis is back.
		 */
		@Bean
		CircuitBreaker redisBreaker(SharedLimitProperties shared, MeterRegistry meters) {
			CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
				.slidingWindowSize(1)
				.minimumNumberOfCalls(1)
				.waitDurationInOpenState(shared.retryAfter())
				.permittedNumberOfCallsInHalfOpenState(1)
				.automaticTransitionFromOpenToHalfOpenEnabled(true)
				.writableStackTraceEnabled(false)
				.build());
			TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
			return registry.circuitBreaker("redis");
		}

		@Bean
		RedisTokens redisTokens(LimitProperties limits, SharedLimitProperties shared, RedisProperties redis,
				CircuitBreaker redisBreaker) {
			return new RedisTokens(client(redis, shared), Math.max(1, limits.keyRate()), limits.keyBurst(), shared,
					redisBreaker,
					Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("shared-limits").factory()));
		}

		@Bean
		KeyLimit keyLimit(LimitProperties limits, SharedLimitProperties shared, RedisTokens tokens) {
			if (limits.keyRate() == 0) {
				return (client) -> KeyLimit.GO_ON;
			}
			return new SharedBuckets(limits.keyRate(), limits.keyBurst(), limits.trackedClients(), tokens,
					shared.patience(), System::nanoTime);
		}

		@Bean
		KeyQuotas keyQuotas(LimitProperties limits, SharedLimitProperties shared, RedisTokens tokens) {
			return new KeyQuotas(limits.trackedClients(), (client, perMinute) -> {
				LeasedBucket bucket = new LeasedBucket(client, TokenBucket.perMinute(perMinute, System.nanoTime()),
						tokens.lending(perMinute / 60.0, perMinute), Math.max(1, perMinute / BATCHES_A_MINUTE),
						shared.patience(), System::nanoTime);
				return bucket::tryTake;
			});
		}

		@Bean
		RedisCheck redisCheck(RedisTokens tokens) {
			return new RedisCheck(tokens::isFailing, "limits hold for each gateway alone");
		}

		private static RedissonClient client(RedisProperties redis, SharedLimitProperties shared) {
			Config config = RedissonConfig.of(redis, "whence-gateway", shared.timeout(), 1);
			config.useSingleServer()
				.setConnectionPoolSize(4)
				.setSubscriptionConnectionMinimumIdleSize(0)
				.setSubscriptionConnectionPoolSize(1)
				// Nobody waits for a second attempt.
				.setRetryAttempts(0)
				.setRetryDelay(new ConstantDelay(shared.timeout()));
			return Redisson.create(config);
		}

	}

}
