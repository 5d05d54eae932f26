package dev.whence.query.trace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class TracePropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void tenThousandSignalsAreTheDefault() {
		this.runner.run((context) -> assertThat(context.getBean(TraceProperties.class).maxSignals()).isEqualTo(10_000));
	}

	@Test
	void everyKeyBinds() {
		this.runner.withPropertyValues("whence.query.trace.max-signals=7")
			.run((context) -> assertThat(context.getBean(TraceProperties.class).maxSignals()).isEqualTo(7));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "100001", "many" })
	void badValueStopsStartUp(String value) {
		this.runner.withPropertyValues("whence.query.trace.max-signals=" + value)
			.run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(TraceProperties.class)
	static class Properties {

	}

}
