package dev.whence.instrumenter.workflow;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class WorkflowPropertiesTests {

	private static final String PREFIX = "whence.instrumenter.workflow.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void defaultsAreTheDocumentedOnes() {
		this.runner.run((context) -> assertThat(context.getBean(WorkflowProperties.class))
			.isEqualTo(new WorkflowProperties(DataSize.ofMegabytes(5), DataSize.ofMegabytes(20), 1000,
					Duration.ofSeconds(2), 0, Duration.ofSeconds(10), 0.25, "http://whence-gateway:4318")));
	}

	@Test
	void everyKeyBinds() {
		this.runner
			.withPropertyValues(PREFIX + "max-body=1MB", PREFIX + "max-batch=2MB", PREFIX + "max-files=3",
					PREFIX + "deadline=4s", PREFIX + "workers=5", PREFIX + "patience=6s", PREFIX + "body-share=0.7",
					PREFIX + "endpoint=http://c:4318")
			.run((context) -> assertThat(context.getBean(WorkflowProperties.class))
				.isEqualTo(new WorkflowProperties(DataSize.ofMegabytes(1), DataSize.ofMegabytes(2), 3,
						Duration.ofSeconds(4), 5, Duration.ofSeconds(6), 0.7, "http://c:4318")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-body=0", "max-body=30MB", "max-files=0", "workers=-1", "body-share=1",
			"endpoint=file:///etc" })
	void badValueStopsTheStart(String property) {
		this.runner.withPropertyValues(PREFIX + property).run((context) -> assertThat(context).hasFailed());
	}

	@EnableConfigurationProperties(WorkflowProperties.class)
	static class Properties {

	}

}
