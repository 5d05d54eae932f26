package dev.whence.analysis.lock;

import java.time.Duration;

import dev.whence.support.health.DependencyCheck;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.annotation.UserConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class LockConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(UserConfigurations.of(LockConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void redissonIsTheDefaultAndStartsWithoutRedis() {
		this.runner.withPropertyValues("whence.redis.url=redis://127.0.0.1:1").run((context) -> {
			assertThat(context).getBean(AnalysisLock.class).isInstanceOf(RedissonAnalysisLock.class);
			assertThat(context.getBean(LockProperties.class)).isEqualTo(new LockProperties(LockProperties.Kind.REDISSON,
					Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofSeconds(5)));
			assertThat(context.getBean(DependencyCheck.class).required()).isFalse();
		});
	}

	@Test
	void everyKeyBinds() {
		this.runner
			.withPropertyValues("whence.analysis.lock.kind=in-process", "whence.analysis.lock.lease=1s",
					"whence.analysis.lock.timeout=2s", "whence.analysis.lock.retry-after=3s")
			.run((context) -> {
				assertThat(context).getBean(AnalysisLock.class).isInstanceOf(InProcessAnalysisLock.class);
				assertThat(context.getBean(LockProperties.class))
					.isEqualTo(new LockProperties(LockProperties.Kind.IN_PROCESS, Duration.ofSeconds(1),
							Duration.ofSeconds(2), Duration.ofSeconds(3)));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "whence.analysis.lock.kind=zookeeper", "whence.analysis.lock.lease=long",
			"whence.redis.url=http://localhost", "whence.redis.url=redis://", "whence.redis.url=redis://host/tables" })
	void badValueStopsStartUp(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

}
