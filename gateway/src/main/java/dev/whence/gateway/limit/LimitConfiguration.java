package dev.whence.gateway.limit;

import java.time.Duration;
import java.util.concurrent.Executors;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.shield.TrustedProxies;
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
	RateLimitFilter rateLimit(KeyLimit keys, AddressLimit addresses) {
		return new RateLimitFilter(keys, addresses);
	}

	@Bean
	BodyLimitFilter bodyLimit(LimitProperties limits, Deadlines deadlines) {
		return new BodyLimitFilter(limits.maxBody(), limits.bodyTime(), deadlines);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "whence.gateway.limit.shared.kind", havingValue = "in-process")
	static class InProcess {

		@Bean
		KeyLimit keyLimit(LimitProperties limits) {
			ClientBuckets keys = new ClientBuckets(limits.keyRate(), limits.keyBurst(), limits.trackedClients(),
					System::nanoTime);
			return (client) -> Mono.just(keys.waitOf(client));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "whence.gateway.limit.shared.kind", havingValue = "redis", matchIfMissing = true)
	static class InRedis {

		@Bean
		RedisTokens redisTokens(LimitProperties limits, SharedLimitProperties shared, RedisProperties redis) {
			return new RedisTokens(redis.client(shared), Math.max(1, limits.keyRate()), limits.keyBurst(), shared,
					Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("shared-limits").factory()));
		}

		@Bean
		KeyLimit keyLimit(LimitProperties limits, SharedLimitProperties shared, RedisTokens tokens) {
			if (limits.keyRate() == 0) {
				return (client) -> Mono.just(Duration.ZERO);
			}
			return new SharedBuckets(limits.keyRate(), limits.keyBurst(), limits.trackedClients(), tokens,
					shared.patience(), System::nanoTime);
		}

		@Bean
		RedisCheck redisCheck(RedisTokens tokens) {
			return new RedisCheck(tokens);
		}

	}

}
