package dev.whence.testkit.redis;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

@TestConfiguration(proxyBeanMethods = false)
class RedisConfiguration {

	@Bean
	DynamicPropertyRegistrar testRedisUrl() {
		return (properties) -> properties.add("whence.redis.url", () -> RedisServer.shared().url());
	}

}
