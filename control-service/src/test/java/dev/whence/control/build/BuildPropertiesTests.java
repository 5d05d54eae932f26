package dev.whence.control.build;

import java.time.Duration;

import dev.whence.control.build.github.GitHubProperties;
import dev.whence.model.ProjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class BuildPropertiesTests {

	private static final String GITHUB = "whence.builds.github.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(BuildConfiguration.class);

	@Test
	void withoutSettingsNothingIsBuiltAndNothingIsBroken() {
		this.runner.run((context) -> {
			GitHubProperties github = context.getBean(GitHubProperties.class);
			assertThat(github.isConfigured()).isFalse();
			assertThat(github.webhookSecret()).isNull();
			assertThat(github.apiUrl()).hasToString("https://api.github.com");
			assertThat(github.workflow()).isEqualTo("build.yml");
			assertThat(github.allowedNetworks()).isEmpty();
			BuildProperties builds = context.getBean(BuildProperties.class);
			assertThat(builds.polling()).isTrue();
			assertThat(builds.pollEvery()).isEqualTo(Duration.ofSeconds(30));
			assertThat(builds.projectId()).isEqualTo(ProjectId.DEFAULT);
			assertThat(builds.serviceOr("acme/images")).isEqualTo("images");
		});
	}

	@Test
	void everyKeyBinds() {
		this.runner.withPropertyValues(GITHUB + "api-url=https://ghe.example.org/api/v3", GITHUB + "token=ghp_x",
				GITHUB + "repository=acme/images", GITHUB + "workflow=image.yaml", GITHUB + "correlation-input=whence",
				GITHUB + "webhook-secret=0123456789abcdef", GITHUB + "webhook-limit=1MB",
				GITHUB + "allowed-networks=10.0.0.0/8, fd00::/8", GITHUB + "connect-timeout=1s",
				GITHUB + "time-limit=3s", GITHUB + "response-limit=5MB", GITHUB + "read-attempts=4",
				"whence.builds.service=images", "whence.builds.project=7", "whence.builds.polling=false",
				"whence.builds.poll-every=1m", "whence.builds.answer-within=2s", "whence.builds.lease=4m",
				"whence.builds.look=2s", "whence.builds.look-for=90s", "whence.builds.give-up-after=1h",
				"whence.builds.concurrency=3", "whence.builds.listeners=8", "whence.builds.listeners-per-project=2",
				"whence.builds.heartbeat=5s", "whence.builds.stream-for=30s")
			.run((context) -> {
				GitHubProperties github = context.getBean(GitHubProperties.class);
				assertThat(github.apiUrl()).hasToString("https://ghe.example.org/api/v3");
				assertThat(github.token()).isEqualTo("ghp_x");
				assertThat(github.name()).isEqualTo("images");
				assertThat(github.workflow()).isEqualTo("image.yaml");
				assertThat(github.correlationInput()).isEqualTo("whence");
				assertThat(github.webhookSecret()).isEqualTo("0123456789abcdef");
				assertThat(github.webhookLimit()).isEqualTo(DataSize.ofMegabytes(1));
				assertThat(github.allowedNetworks()).containsExactly("10.0.0.0/8", "fd00::/8");
				assertThat(github.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
				assertThat(github.timeLimit()).isEqualTo(Duration.ofSeconds(3));
				assertThat(github.responseLimit()).isEqualTo(DataSize.ofMegabytes(5));
				assertThat(github.readAttempts()).isEqualTo(4);
				assertThat(github.toString()).doesNotContain("ghp_x").doesNotContain("0123456789abcdef");
				assertThat(context.getBean(BuildProperties.class))
					.isEqualTo(new BuildProperties("images", 7, false, Duration.ofMinutes(1), Duration.ofSeconds(2),
							Duration.ofMinutes(4), Duration.ofSeconds(2), Duration.ofSeconds(90), Duration.ofHours(1),
							3, 8, 2, Duration.ofSeconds(5), Duration.ofSeconds(30)));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { GITHUB + "api-url=ftp://x", GITHUB + "api-url=https://user:secret@x", GITHUB + "token=a b",
			GITHUB + "token=alone", GITHUB + "repository=images", GITHUB + "repository=acme/..",
			GITHUB + "repository=acme/images/../x", GITHUB + "workflow=../x.yml", GITHUB + "correlation-input=a b",
			GITHUB + "webhook-secret=short", GITHUB + "read-attempts=0", "whence.builds.project=0",
			"whence.builds.poll-every=0s", "whence.builds.concurrency=0", "whence.builds.listeners=0" })
	void badValuesStopTheStart(String setting) {
		this.runner.withPropertyValues(setting).run((context) -> assertThat(context).hasFailed());
	}

}
