package dev.whence.support.wire;

import java.time.Duration;

import dev.whence.support.health.DependencyCheck;
import dev.whence.support.wire.inprocess.InProcessEventWire;
import dev.whence.support.wire.inprocess.InProcessWireConfiguration;
import dev.whence.support.wire.kafka.KafkaEventWire;
import dev.whence.support.wire.kafka.KafkaWireConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.kafka.core.KafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class WireConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, KafkaWireConfiguration.class,
				InProcessWireConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void kafkaIsTheDefaultAndItsDefaultsAreThese() {
		this.runner.run((context) -> {
			assertThat(context).getBean(EventWire.class).isInstanceOf(KafkaEventWire.class);
			assertThat(context.getBean(WireProperties.class)).isEqualTo(new WireProperties(WireProperties.Kind.KAFKA,
					Duration.ofSeconds(60), 2, new WireProperties.Retry(Duration.ofMillis(200), Duration.ofSeconds(30)),
					new WireProperties.Kafka(12, (short) -1, Duration.ofSeconds(10)),
					new WireProperties.InProcess(10_000, 1000)));
		});
	}

	@Test
	void everyKeyBinds() {
		this.runner.withPropertyValues("whence.wire.kind=in-process", "whence.wire.handling-limit=5s",
				"whence.wire.concurrency=3", "whence.wire.retry.first=1s", "whence.wire.retry.longest=2s",
				"whence.wire.kafka.partitions=4", "whence.wire.kafka.replicas=2", "whence.wire.kafka.send-timeout=3s",
				"whence.wire.in-process.capacity=7", "whence.wire.in-process.retained=8")
			.run((context) -> {
				assertThat(context).getBean(EventWire.class).isInstanceOf(InProcessEventWire.class);
				assertThat(context.getBean(WireProperties.class))
					.isEqualTo(new WireProperties(WireProperties.Kind.IN_PROCESS, Duration.ofSeconds(5), 3,
							new WireProperties.Retry(Duration.ofSeconds(1), Duration.ofSeconds(2)),
							new WireProperties.Kafka(4, (short) 2, Duration.ofSeconds(3)),
							new WireProperties.InProcess(7, 8)));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "whence.wire.concurrency=0", "whence.wire.retry.first=soon",
			"whence.wire.kafka.partitions=0", "whence.wire.in-process.capacity=0" })
	void badValueStopsStartUp(String property) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void wireOfAParentContextIsShared() {
		this.runner.withPropertyValues("whence.wire.kind=in-process")
			.run((parent) -> this.runner.withParent(parent)
				.withPropertyValues("whence.wire.kind=in-process")
				.run((child) -> assertThat(child.getBean(EventWire.class)).isSameAs(parent.getBean(EventWire.class))));
	}

	@Test
	void serviceWithoutKafkaStartsWithoutAWire() {
		this.runner.withClassLoader(new FilteredClassLoader(KafkaTemplate.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EventWire.class));
	}

	@Test
	void kafkaIsReportedButNeverRequired() {
		this.runner.run((context) -> assertThat(context.getBean(DependencyCheck.class)).satisfies((check) -> {
			assertThat(check.name()).isEqualTo("kafka");
			assertThat(check.required()).isFalse();
		}));
	}

	@Test
	void pausesDoubleUpToTheLongest() {
		WireProperties.Retry retry = new WireProperties.Retry(Duration.ofMillis(200), Duration.ofSeconds(30));
		assertThat(retry.pauseAfter(1)).hasMillis(200);
		assertThat(retry.pauseAfter(2)).hasMillis(400);
		assertThat(retry.pauseAfter(8)).hasMillis(25_600);
		assertThat(retry.pauseAfter(9)).hasSeconds(30);
		assertThat(retry.pauseAfter(Integer.MAX_VALUE)).hasSeconds(30);
	}

}
