package dev.whence.support.security;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class SecurityPropertiesTests {

	private static final String KEY = "0123456789abcdef0123456789abcdef";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void credentialsAreRequiredByDefault() {
		this.runner.run((context) -> assertThat(context.getBean(SecurityProperties.class)).satisfies((properties) -> {
			assertThat(properties.mode()).isEqualTo(SecurityProperties.Mode.REQUIRED);
			assertThat(properties.bootstrapKey()).isNull();
			assertThat(properties.anonymousPaths()).containsExactly("POST /workflow/instrument");
			assertThat(properties.keyCacheTime()).isEqualTo(Duration.ofSeconds(30));
			assertThat(properties.unknownKeyCacheTime()).isEqualTo(Duration.ofSeconds(5));
			assertThat(properties.cachedKeys()).isEqualTo(10_000);
		}));
	}

	@Test
	void everyKeyBinds() {
		this.runner
			.withPropertyValues("whence.security.mode=open", "whence.security.bootstrap-key=" + KEY,
					"whence.security.anonymous-paths=GET /a,POST /b", "whence.security.key-cache-time=1s",
					"whence.security.unknown-key-cache-time=2s", "whence.security.cached-keys=3")
			.run((context) -> assertThat(context.getBean(SecurityProperties.class)).satisfies((properties) -> {
				assertThat(properties.mode()).isEqualTo(SecurityProperties.Mode.OPEN);
				assertThat(properties.bootstrapKey()).isEqualTo(KEY);
				assertThat(properties.anonymousPaths()).containsExactly("GET /a", "POST /b");
				assertThat(properties.keyCacheTime()).isEqualTo(Duration.ofSeconds(1));
				assertThat(properties.unknownKeyCacheTime()).isEqualTo(Duration.ofSeconds(2));
				assertThat(properties.cachedKeys()).isEqualTo(3);
				assertThat(properties.toString()).doesNotContain(KEY);
			}));
	}

	@Test
	void emptyBootstrapKeyIsNone() {
		this.runner.withPropertyValues("whence.security.bootstrap-key=", "whence.security.anonymous-paths=")
			.run((context) -> assertThat(context.getBean(SecurityProperties.class)).satisfies((properties) -> {
				assertThat(properties.bootstrapKey()).isNull();
				assertThat(properties.anonymousPaths()).isEmpty();
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mode=sometimes", "bootstrap-key=tooshort", "key-cache-time=31s",
			"unknown-key-cache-time=-1s", "cached-keys=0" })
	void badValueStopsStartUp(String property) {
		this.runner.withPropertyValues("whence.security." + property).run((context) -> assertThat(context).hasFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(SecurityProperties.class)
	static class Properties {

	}

}
