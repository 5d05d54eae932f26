package dev.whence.gateway.limit;

import dev.whence.gateway.shield.TrustedProxies;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
class LimitConfiguration {

	@Bean
	RateLimitFilter rateLimit(LimitProperties limits, TrustedProxies proxies) {
		return new RateLimitFilter(
				new ClientBuckets(limits.keyRate(), limits.keyBurst(), limits.trackedClients(), System::nanoTime),
				new ClientBuckets(limits.addressRate(), limits.addressBurst(), limits.trackedClients(),
						System::nanoTime),
				proxies);
	}

	@Bean
	BodyLimitFilter bodyLimit(LimitProperties limits) {
		return new BodyLimitFilter(limits.maxBody(), limits.bodyTime());
	}

}
