package dev.whence.support.redis;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RedisPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Enabled.class);

	@Test
	void redisIsHereUnlessSaidOtherwise() {
		this.runner.run((context) -> assertThat(context.getBean(RedisProperties.class).url())
			.hasToString("redis://localhost:6379/0"));
		this.runner.withPropertyValues("whence.redis.url=rediss://redis/2")
			.run((context) -> assertThat(context.getBean(RedisProperties.class).url()).hasToString("rediss://redis/2"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost", "redis://", "redis://host/tables", "redis://host/1/2" })
	void badUrlStopsStartUp(String url) {
		this.runner.withPropertyValues("whence.redis.url=" + url).run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void redisUrlCarriesEverythingAClientNeeds() {
		RedisProperties full = new RedisProperties(URI.create("rediss://ann:p%40ss:word@redis.example:7000/3"));
		assertThat(full.address()).isEqualTo("rediss://redis.example:7000");
		assertThat(full.username()).isEqualTo("ann");
		assertThat(full.password()).isEqualTo("p@ss:word");
		assertThat(full.database()).isEqualTo(3);
	}

	@Test
	void redisUrlMayBeShort() {
		RedisProperties shortest = new RedisProperties(URI.create("redis://redis"));
		assertThat(shortest.address()).isEqualTo("redis://redis:6379");
		assertThat(shortest.username()).isNull();
		assertThat(shortest.password()).isNull();
		assertThat(shortest.database()).isZero();
		RedisProperties passwordOnly = new RedisProperties(URI.create("redis://:secret@redis"));
		assertThat(passwordOnly.username()).isNull();
		assertThat(passwordOnly.password()).isEqualTo("secret");
	}

	@EnableConfigurationProperties(RedisProperties.class)
	static class Enabled {

	}

}
