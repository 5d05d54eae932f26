package dev.whence.analysis.lock;

import java.util.concurrent.ScheduledThreadPoolExecutor;

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
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ LockProperties.class, RedisProperties.class })
class LockConfiguration {

	static RedissonClient client(RedisProperties redis, LockProperties properties) {
		Config config = RedissonConfig.of(redis, "whence-analysis", properties.timeout(), 2);
		config.setCodec(StringCodec.INSTANCE);
		config.setLockWatchdogTimeout(properties.lease().toMillis());
		config.useSingleServer()
			.setConnectionPoolSize(8)
			.setSubscriptionConnectionMinimumIdleSize(1)
			.setSubscriptionConnectionPoolSize(2)
			// The caller does not wait for retries, but a renewal deserves one.
			.setRetryAttempts(1)
			.setRetryDelay(new ConstantDelay(properties.timeout().dividedBy(2)));
		return Redisson.create(config);
	}

	static CircuitBreaker breaker(LockProperties properties, CircuitBreakerRegistry registry) {
		return registry.circuitBreaker("redis",
				CircuitBreakerConfig.custom()
					.slidingWindowSize(4)
					.minimumNumberOfCalls(2)
					.failureRateThreshold(50)
					.waitDurationInOpenState(properties.retryAfter())
					.permittedNumberOfCallsInHalfOpenState(1)
					.ignoreExceptions(InterruptedException.class)
					.build());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "whence.analysis.lock.kind", havingValue = "redisson", matchIfMissing = true)
	static class InRedis {

		@Bean
		CircuitBreaker redisBreaker(LockProperties properties, MeterRegistry meters) {
			CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
			TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
			return breaker(properties, registry);
		}

		@Bean
		AnalysisLock analysisLock(RedisProperties redis, LockProperties properties, CircuitBreaker redisBreaker,
				MeterRegistry meters) {
			return new RedissonAnalysisLock(client(redis, properties), redisBreaker, properties.timeout(),
					new LockMetrics(meters));
		}

		@Bean
		RedisCheck redisCheck(CircuitBreaker redisBreaker) {
			return new RedisCheck(() -> redisBreaker.getState() != CircuitBreaker.State.CLOSED,
					"analyses run without a lock");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "whence.analysis.lock.kind", havingValue = "in-process")
	static class InProcess {

		@Bean
		AnalysisLock analysisLock(LockProperties properties, MeterRegistry meters) {
			ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1,
					Thread.ofPlatform().daemon().name("analysis-lock-watchdog").factory());
			return new InProcessAnalysisLock(new Leases(System::nanoTime), properties.lease(), watchdog,
					new LockMetrics(meters));
		}

	}

}
