package dev.whence.control.schema;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void serviceMigratesByDefaultAndWaitsAMinuteForTheDatabase() {
		this.runner.run((context) -> assertThat(context.getBean(SchemaProperties.class))
			.isEqualTo(new SchemaProperties(true, 60)));
	}

	@Test
	void everyKeyBinds() {
		this.runner.withPropertyValues("whence.control.schema.migrate=false", "whence.control.schema.connect-retries=3")
			.run((context) -> assertThat(context.getBean(SchemaProperties.class))
				.isEqualTo(new SchemaProperties(false, 3)));
	}

	@Test
	void badValueStopsStartUp() {
		this.runner.withPropertyValues("whence.control.schema.connect-retries=-1")
			.run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(SchemaProperties.class)
	static class Properties {

	}

}
