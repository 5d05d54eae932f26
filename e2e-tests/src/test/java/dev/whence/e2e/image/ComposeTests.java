package dev.whence.e2e.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.whence.e2e.platform.Repository;
import dev.whence.e2e.platform.Service;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The compose file against the services' real configuration; each rule can fail. */
class ComposeTests {

	/** The JVM's and Spring's own. */
	private static final Set<String> OF_THE_PLATFORM = Set.of("JAVA_TOOL_OPTIONS", "SPRING_CONFIG_IMPORT");

	/** What ServiceDefaults reads by itself. */
	private static final Set<String> TRANSLATED = Set.of("DATABASE_URL");

	private final ComposeFile file = ComposeFile.read();

	@Test
	void everyServiceHasLimits() {
		assertThat(this.file.withoutLimit()).isEmpty();
		assertThat(changed("pids_limit: 512", "init: false").withoutLimit()).hasSize(this.file.services().size());
		assertThat(changed("mem_limit: ${REDIS_MEMORY:-256m}", "init: false").withoutLimit())
			.containsExactly("redis has no mem_limit");
	}

	@Test
	void everyServiceIsAskedForItsHealth() {
		assertThat(this.file.withoutHealthCheck()).isEmpty();
		assertThat(changed("test: [\"CMD\", \"redis-cli\", \"ping\"]", "disable: true").withoutHealthCheck())
			.containsExactly("redis has no health check");
	}

	@Test
	void everyServiceIsLockedDown() {
		assertThat(this.file.notLockedDown()).isEmpty();
		assertThat(changed("cap_drop: [ALL]", "cap_drop: [NET_RAW]").notLockedDown())
			.hasSize(this.file.services().size());
		assertThat(changed("read_only: true", "read_only: false").notLockedDown()).isNotEmpty();
	}

	@Test
	void noSecretHasADefault() {
		assertThat(this.file.knownSecrets()).isEmpty();
		assertThat(changed("POSTGRES_PASSWORD_FILE: /run/whence/password", "POSTGRES_PASSWORD: ${P:-whence}")
			.knownSecrets()).containsExactly("postgres knows POSTGRES_PASSWORD");
		assertThat(changed("GITHUB_TOKEN:\n", "GITHUB_TOKEN: ${GITHUB_TOKEN:-none}\n").knownSecrets())
			.contains("a default for GITHUB_TOKEN");
		assertThat(changed("redis.conf=requirepass {REDIS_PASSWORD}", "redis.conf=requirepass whence").knownSecrets())
			.containsExactly("redis/redis.conf is always the same");
	}

	@Test
	void everyServiceOfThePomHasAnImage() throws IOException {
		Set<String> modules = new TreeSet<>();
		for (MatchResult module : Pattern.compile("<module>(.+?)</module>")
			.matcher(Files.readString(Repository.root().resolve("pom.xml")))
			.results()
			.toList()) {
			Path resources = Repository.root().resolve(module.group(1) + "/src/main/resources");
			if (Files.exists(resources.resolve(module.group(1) + ".yaml"))) {
				modules.add(module.group(1));
			}
		}
		assertThat(this.file.modules().keySet()).isEqualTo(modules).hasSize(Service.values().length);
		assertThat(changed("MODULE: query-service", "MODULE: gateway").modules().keySet()).isNotEqualTo(modules);
	}

	@Test
	void healthChecksAskWhereTheServicesListen() {
		assertThat(wrongProbes(this.file)).isEmpty();
		assertThat(wrongProbes(changed("127.0.0.1:8083/readiness", "127.0.0.1:8084/readiness")))
			.containsOnlyKeys("analysis");
	}

	@Test
	void theGatewayFindsTheServices() {
		assertThat(wrongAddresses(this.file)).isEmpty();
		assertThat(wrongAddresses(changed("http://query:8082", "http://query:8081")))
			.containsOnlyKeys("WHENCE_QUERY_URL");
	}

	@Test
	void onlyTheGatewayIsReachable() {
		ServiceSettings gateway = ServiceSettings.of("gateway");
		assertThat(this.file.published("gateway")).containsExactlyInAnyOrder(gateway.defaultOf("API_PORT"),
				gateway.defaultOf("WHENCE_OTLP_PORT"), gateway.defaultOf("WHENCE_OTLP_GRPC_PORT"));
		assertThat(this.file.services().keySet()).filteredOn((name) -> !this.file.published(name).isEmpty())
			.containsExactly("gateway");
	}

	@Test
	void everySettingIsOneThatTheServiceKnows() {
		assertThat(unknownSettings(this.file)).isEmpty();
		assertThat(unknownSettings(changed("CORS_ORIGINS:", "CORS_ORIGIN:"))).containsExactly("gateway: CORS_ORIGIN");
		assertThat(unknownSettings(changed("/for/control/WHENCE_SECRET_KEY=", "/for/query/WHENCE_SECRET_KEY=")))
			.containsExactly("query: WHENCE_SECRET_KEY");
	}

	@Test
	void everybodySeesItsOwnSecretsOnly() {
		for (String reader : this.file.handedOut().keySet().stream().map((name) -> name.split("/")[0]).toList()) {
			assertThat(this.file.volumes(reader)).filteredOn((volume) -> volume.startsWith("secrets"))
				.containsExactly("secrets-" + reader + ":/run/whence:ro");
			assertThat(this.file.volumes("secrets")).contains("secrets-" + reader + ":/for/" + reader);
		}
	}

	@Test
	void nobodyStartsBeforeWhatItNeeds() {
		for (String service : this.file.modules().values()) {
			assertThat(this.file.waitsFor(service)).containsEntry("secrets", "service_completed_successfully");
			if (service.equals("gateway")) {
				assertThat(this.file.waitsFor(service).keySet()).containsAll(this.file.modules()
					.values()
					.stream()
					.filter((name) -> !name.equals("gateway"))
					.collect(Collectors.toSet()));
			}
			else {
				assertThat(this.file.waitsFor(service)).containsEntry("postgres", "service_healthy");
			}
		}
		assertThat(this.file.waitsFor("postgres")).containsEntry("secrets", "service_completed_successfully");
	}

	private Map<String, String> wrongProbes(ComposeFile compose) {
		Map<String, String> wrong = new TreeMap<>();
		compose.modules().forEach((module, service) -> {
			String expected = ServiceSettings.of(module).defaultOf("API_PORT") + "/readiness";
			if (!compose.probed(service).equals(expected)) {
				wrong.put(service, compose.probed(service));
			}
		});
		return wrong;
	}

	private Map<String, String> wrongAddresses(ComposeFile compose) {
		Map<String, String> wrong = new TreeMap<>();
		compose.modules().forEach((module, service) -> {
			String variable = "WHENCE_" + service.toUpperCase(Locale.ROOT) + "_URL";
			String address = String.valueOf(compose.environment("gateway").get(variable));
			if (!service.equals("gateway")
					&& !address.equals("http://" + service + ":" + ServiceSettings.of(module).defaultOf("API_PORT"))) {
				wrong.put(variable, address);
			}
		});
		return wrong;
	}

	private Set<String> unknownSettings(ComposeFile compose) {
		Set<String> unknown = new TreeSet<>();
		compose.modules().forEach((module, service) -> {
			ServiceSettings settings = ServiceSettings.of(module);
			compose.settings(service)
				.stream()
				.filter((name) -> !OF_THE_PLATFORM.contains(name) && !TRANSLATED.contains(name)
						&& !settings.knows(name))
				.forEach((name) -> unknown.add(service + ": " + name));
		});
		return unknown;
	}

	/** The same file with one thing changed: the negative controls. */
	private ComposeFile changed(String from, String to) {
		assertThat(this.file.text()).contains(from);
		return ComposeFile.parse(this.file.text().replace(from, to));
	}

}
