package dev.whence.support.redis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.util.ExceptionUtils;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RedisPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Enabled.class);

	@Test
	void redisIsHereUnlessSaidOtherwise() {
		this.runner.run((context) -> assertThat(context.getBean(RedisProperties.class).url())
			.isEqualTo("redis://localhost:6379/0"));
		this.runner.withPropertyValues("whence.redis.url=rediss://redis/2")
			.run((context) -> assertThat(context.getBean(RedisProperties.class).url()).isEqualTo("rediss://redis/2"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost", "redis://", "redis://host/tables", "redis://host/1/2",
			"redis://one,two:6379", "redis://secret@redis:6379", "redis://redis:6379?ssl=true" })
	void badUrlStopsStartUp(String url) {
		this.runner.withPropertyValues("whence.redis.url=" + url).run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void redisUrlCarriesEverythingAClientNeeds() {
		RedisProperties full = new RedisProperties("rediss://ann:p%40ss:word@redis.example:7000/3");
		assertThat(full.address()).isEqualTo("rediss://redis.example:7000");
		assertThat(full.username()).isEqualTo("ann");
		assertThat(full.password()).isEqualTo("p@ss:word");
		assertThat(full.database()).isEqualTo(3);
	}

	@Test
	void redisUrlMayBeShort() {
		RedisProperties shortest = new RedisProperties("redis://redis");
		assertThat(shortest.address()).isEqualTo("redis://redis:6379");
		assertThat(shortest.username()).isNull();
		assertThat(shortest.password()).isNull();
		assertThat(shortest.database()).isZero();
		RedisProperties passwordOnly = new RedisProperties("redis://:secret@redis");
		assertThat(passwordOnly.username()).isNull();
		assertThat(passwordOnly.password()).isEqualTo("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://:S3kr%t@redis", "redis://:S3kr t@redis", "redis://:S3kr/t@redis",
			"redis://:S3kr#t@redis", "redis://S3krt@redis", "redis://:S3krt@redis/x", "S3krt" })
	void whatIsRefusedIsNotTold(String url) {
		this.runner.withPropertyValues("whence.redis.url=" + url)
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(ExceptionUtils.readStackTrace(failure)).doesNotContain("S3kr")
					.contains("whence.redis.url")));
		assertThat(new RedisProperties("redis://:S3krt@redis")).asString().doesNotContain("S3kr");
	}

	@Test
	void aHostMayHaveAnUnderscore() {
		assertThat(new RedisProperties("redis://redis_cache:6379").address()).isEqualTo("redis://redis_cache:6379");
		assertThat(new RedisProperties("redis://[::1]:7000/1").address()).isEqualTo("redis://[::1]:7000");
	}

	@EnableConfigurationProperties(RedisProperties.class)
	static class Enabled {

	}

}
