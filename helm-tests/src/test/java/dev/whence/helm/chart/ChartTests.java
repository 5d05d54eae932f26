package dev.whence.helm.chart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.whence.helm.chart.Chart.Values;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChartTests {

	@Test
	void lintHasNothingToSay() {
		assertThat(Chart.lint(Chart.folder()).isFailed()).as("%s", Chart.lint(Chart.folder()).getMessages()).isFalse();
	}

	@Test
	void lintFindsABrokenTemplate(@TempDir Path copy) throws IOException {
		try (Stream<Path> files = Files.walk(Chart.folder())) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path target = copy.resolve("whence").resolve(Chart.folder().relativize(file));
				Files.createDirectories(target.getParent());
				Files.copy(file, target);
			}
		}
		Files.writeString(copy.resolve("whence/templates/broken.yaml"), "kind: {{ .Values.missing.deeper }}\n");
		assertThat(Chart.lint(copy.resolve("whence")).isFailed()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			image.pullPolicy                          | Sometimes                 | pullPolicy
			images.tag                                | 0.1.0                     | images
			database.poolSize                         | 0                         | poolSize
			database.password                         | secret                    | password
			kafka.bootstrapServers                    | kafka                     | bootstrapServers
			kafka.securityProtocol                    | TLS                       | securityProtocol
			redis.url                                 | http://redis:6379         | url
			settings.publicUrl                        | whence.example.com        | publicUrl
			settings.registration                     | everybody                 | registration
			telemetry.sampleRatio                     | 2                         | sampleRatio
			services.ingest.replicas                  | -1                        | replicas
			services.ingest.autoscaling.keda          | true                      | keda
			services.worker.replicas                  | 2                         | worker
			service.type                              | Loadbalancer              | type
			monitoring.serviceMonitor.interval        | often                     | interval
			""")
	void theSchemaRefusesAndNamesTheField(String name, String value, String named) {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> Chart.render(Values.of("external").with(name, value)))
			.withMessageContaining(named)
			.withMessageContaining("schema");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					none     |                                               |                       | Whence needs PostgreSQL: make a Secret
					demo     | demo.kafka.enabled                            | false                 | Whence needs Kafka: name it
					demo     | demo.redis.enabled                            | false                 | Whence needs Redis: name it
					demo     | database.existingSecret                       | whence                | two databases: choose one
					external | redis.url                                     | redis://:pw@redis/0   | redis.url has a password
					external | database.ownerSecret                          | owner                 | migrations.grantTo has to name the login
					roles    | migrations.enabled                            | false                 | migrations.enabled has to be true
					external | telemetry.enabled                             | true                  | telemetry.enabled needs telemetry.existingSecret
					external | settings.oidc.issuer                          | https://login.example | settings.oidc.issuer needs settings.oidc.audience
					external | gatewayApi.enabled                            | true                  | gatewayApi.enabled needs gatewayApi.parentRefs
					external | ingress.enabled                               | true                  | ingress.enabled needs ingress.hosts
					external | services.query.terminationGracePeriodSeconds  | 30                    | services.query.terminationGracePeriodSeconds has to be at least 45
					""")
	void whatDoesNotGoTogetherIsRefusedWithASentence(String values, String name, String value, String sentence) {
		Values base = switch (values) {
			case "none" -> Values.none();
			case "demo" -> Values.demo();
			default -> Values.of(values);
		};
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> Chart.render((name != null) ? base.with(name, value) : base))
			.withMessageContaining(sentence);
	}

	@Test
	void valuesOfThePreviousReleaseStillMakeTheSameServices() {
		Rendered before = Chart.renderWithHooks(Matrix.released("0.1.0"));
		assertThat(before.all(Deployment.class)).extracting((deployment) -> deployment.getMetadata().getName())
			.containsExactlyInAnyOrder("whence-gateway", "whence-ingest", "whence-query", "whence-analysis",
					"whence-instrumenter", "whence-control");
		// A Deployment's selector cannot be changed: an upgrade would fail.
		assertThat(before.one(Deployment.class, "whence-ingest").getSpec().getSelector().getMatchLabels())
			.isEqualTo(Map.of("app.kubernetes.io/name", "whence", "app.kubernetes.io/instance", "whence",
					"app.kubernetes.io/component", "ingest"));
		assertThat(before.all(Job.class)).hasSize(1);
	}

	@Test
	void itIsOfTheVersionOfTheImages() throws IOException {
		String pom = Files.readString(Chart.root().resolve("pom.xml"));
		String version = pom.replaceFirst("(?s).*<artifactId>whence</artifactId>\\s*<version>([^<]*)</version>.*",
				"$1");
		assertThat(Files.readString(Chart.folder().resolve("Chart.yaml")))
			.contains("appVersion: " + version.replace("-SNAPSHOT", "") + "\n");
	}

	@Test
	void keysAreGeneratedWithTheStrengthThatServicesAskFor() {
		Secret secret = Chart.render(Values.of("external")).one(Secret.class, "whence");
		assertThat(decode(secret, "bootstrap-key")).hasSizeGreaterThanOrEqualTo(32).isPrintable();
		assertThat(Base64.getDecoder().decode(decode(secret, "secret-key"))).hasSize(32);
		assertThat(Base64.getDecoder().decode(decode(secret, "notification-secret-key"))).hasSize(32);
		assertThat(secret.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
	}

	@Test
	void noTwoInstallationsHaveTheSameKeys() {
		Secret one = Chart.renderWithHooks(Values.of("external")).one(Secret.class, "whence");
		Secret other = Chart.renderWithHooks(Values.of("external")).one(Secret.class, "whence");
		one.getData().forEach((key, value) -> assertThat(other.getData().get(key)).as(key).isNotEqualTo(value));
	}

	@Test
	void keysThatAreThereAreKept() {
		Secret kept = Chart.renderWithHooks(Values.of("external")).one(Secret.class, "whence");
		Secret again = Chart.renderBeside(kept, Values.of("external")).one(Secret.class, "whence");
		assertThat(again.getData()).isEqualTo(kept.getData());
		kept.getData().remove("notification-secret-key");
		Secret mended = Chart.renderBeside(kept, Values.of("external")).one(Secret.class, "whence");
		assertThat(mended.getData()).containsAllEntriesOf(kept.getData()).containsKey("notification-secret-key");
	}

	@Test
	void thePasswordOfTheDemoIsKept() {
		Secret made = Chart.renderWithHooks(Values.demo()).one(Secret.class, "whence-demo-postgresql");
		String password = made.getStringData().get("password");
		// As the API server gives it back.
		made.setStringData(null);
		made.setData(Map.of("password", Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8))));
		assertThat(Chart.renderBeside(made, Values.demo())
			.one(Secret.class, "whence-demo-postgresql")
			.getStringData()
			.get("password")).isEqualTo(password);
	}

	@Test
	void theDemosPasswordIsGeneratedToo() {
		Secret one = Chart.renderWithHooks(Values.demo()).one(Secret.class, "whence-demo-postgresql");
		Secret other = Chart.renderWithHooks(Values.demo()).one(Secret.class, "whence-demo-postgresql");
		String password = one.getStringData().get("password");
		assertThat(password).hasSize(32).isNotEqualTo(other.getStringData().get("password"));
		assertThat(one.getStringData().get("database-url"))
			.isEqualTo("postgresql://whence:" + password + "@whence-demo-postgresql:5432/whence");
	}

	@Test
	void aGivenSecretIsUsedAndNoneIsMade() {
		Rendered rendered = Chart.renderWithHooks(Values.of("roles"));
		assertThat(rendered.all(Secret.class)).isEmpty();
		assertThat(rendered.text()).contains("name: whence-keys");
	}

	@Test
	void whatIsNotForProductionSaysSo() {
		Rendered rendered = Chart.render(Values.demo());
		assertThat(rendered.all(StatefulSet.class)).hasSize(3)
			.allSatisfy((set) -> assertThat(set.getMetadata().getAnnotations())
				.containsEntry("whence.dev/not-for-production", "true"));
		assertThat(Chart.notes(Values.demo())).contains("NOT FOR PRODUCTION");
		assertThat(Chart.notes(Values.of("external"))).doesNotContain("NOT FOR PRODUCTION");
	}

	@Test
	void podsAreReplacedWhenTheirSettingsChange() {
		Rendered one = Chart.render(Values.of("external"));
		Rendered other = Chart.render(Values.of("external").with("settings.logLevel", "DEBUG"));
		assertThat(checksum(one)).isNotEqualTo(checksum(other));
		assertThat(other.one(ConfigMap.class, "whence-settings").getData()).containsEntry("LOG_LEVEL", "DEBUG");
	}

	@Test
	void noOtherRegistryThanTheConfiguredOneIsNamed() {
		List<String> images = Chart.renderWithHooks(Values.of("everything"))
			.workloads()
			.stream()
			.flatMap((workload) -> workload.pod().getSpec().getContainers().stream())
			.map((container) -> container.getImage())
			.toList();
		assertThat(images).allMatch((image) -> image.startsWith("registry.example.com:5000/mirror/whence/"))
			.contains("registry.example.com:5000/mirror/whence/ingest-service:0.1.0");
	}

	private static String checksum(Rendered rendered) {
		return rendered.one(Deployment.class, "whence-gateway")
			.getSpec()
			.getTemplate()
			.getMetadata()
			.getAnnotations()
			.get("checksum/settings");
	}

	private static String decode(Secret secret, String key) {
		return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
	}

}
