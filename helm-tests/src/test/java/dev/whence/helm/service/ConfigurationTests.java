package dev.whence.helm.service;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.helm.chart.Chart;
import dev.whence.helm.chart.Chart.Values;
import dev.whence.helm.chart.Rendered;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the chart tells the services is what they listen to. */
class ConfigurationTests {

	private static final Set<String> OF_THE_JVM = Set.of("JAVA_TOOL_OPTIONS");

	@ParameterizedTest
	@EnumSource
	void thePortIsTheOneOfTheService(Part part) {
		Rendered rendered = Chart.render(Values.of("external"));
		int port = part.configuration().port();
		assertThat(part.container(rendered).getPorts()).filteredOn((one) -> one.getName().equals("http"))
			.extracting(ContainerPort::getContainerPort)
			.containsExactly(port);
		assertThat(part.variables(rendered)).containsEntry("API_PORT", "" + port);
		assertThat(rendered.one(Service.class, "whence-" + part.label()).getSpec().getPorts())
			.filteredOn((one) -> one.getName().equals("http"))
			.extracting((one) -> one.getPort())
			.containsExactly(port);
	}

	@Test
	void theListenersForTelemetryAreTheGateways() {
		Rendered rendered = Chart.render(Values.of("external"));
		ServiceConfiguration gateway = Part.GATEWAY.configuration();
		Map<String, Integer> ports = Part.GATEWAY.container(rendered)
			.getPorts()
			.stream()
			.collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
		assertThat(ports).containsEntry("otlp-http", gateway.number("\\$\\{WHENCE_OTLP_PORT:(\\d+)}"))
			.containsEntry("otlp-grpc", gateway.number("\\$\\{WHENCE_OTLP_GRPC_PORT:(\\d+)}"));
		assertThat(Part.GATEWAY.variables(rendered))
			.containsEntry("WHENCE_OTLP_PORT", ports.get("otlp-http").toString())
			.containsEntry("WHENCE_OTLP_GRPC_PORT", ports.get("otlp-grpc").toString());
	}

	@Test
	void theGatewayFindsEachService() {
		Rendered rendered = Chart.render(Values.of("external"));
		Map<String, String> variables = Part.GATEWAY.variables(rendered);
		for (Part part : Part.all()) {
			if (part != Part.GATEWAY) {
				URI url = URI.create(variables.get("WHENCE_" + part.name() + "_URL"));
				assertThat(rendered.has(Service.class, url.getHost())).as("%s", url).isTrue();
				assertThat(url.getPort()).isEqualTo(part.configuration().port());
			}
		}
		assertThat(variables.keySet().stream().filter((name) -> name.endsWith("_URL") && name.startsWith("WHENCE_")))
			.containsExactlyInAnyOrderElementsOf(Part.GATEWAY.configuration()
				.placeholders()
				.stream()
				.filter((name) -> name.endsWith("_URL"))
				.filter((name) -> !name.equals("REDIS_URL") && !name.equals("DATABASE_URL"))
				.toList());
	}

	@ParameterizedTest
	@MethodSource("dev.whence.helm.chart.Matrix#all")
	void everyVariableSetsSomething(Values values) {
		Rendered rendered = Chart.render(values);
		for (Part part : Part.all()) {
			assertThat(unknown(part, part.variables(rendered).keySet())).as(part.module()).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("dev.whence.helm.chart.Matrix#all")
	void everySecretFileSetsSomething(Values values) {
		Rendered rendered = Chart.render(values);
		for (Part part : Part.all()) {
			assertThat(part.secretFiles(rendered)).as(part.module()).allMatch(part.configuration()::knowsFile);
		}
	}

	@Test
	void aVariableThatNobodyReadsIsFound() {
		assertThat(unknown(Part.GATEWAY, Set.of("WHENCE_INGESTS_URL"))).containsExactly("WHENCE_INGESTS_URL");
		assertThat(unknown(Part.GATEWAY, Set.of("WHENCE_SIGNAL_STORE_MIGRATE"))).hasSize(1);
		assertThat(unknown(Part.INGEST, Set.of("WHENCE_SIGNAL_STORE_MIGRATE"))).isEmpty();
		assertThat(unknown(Part.INGEST, Set.of("WHENCE_SECURITY_OIDC_ISSUERS"))).hasSize(1);
		assertThat(unknown(Part.INGEST, Set.of("SPRING_KAFKA_PROTOCOL"))).hasSize(1);
		assertThat(Part.CONTROL.configuration().knowsFile("WHENCE_SECRET")).isFalse();
		assertThat(Part.ANALYSIS.configuration().knowsFile("spring.mail.pass")).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void aServiceGetsWhatItNeedsAndNothingElse(Part part) {
		Rendered rendered = Chart.render(Values.of("roles"));
		ServiceConfiguration service = part.configuration();
		boolean database = service.uses("postgresql", "signal-store");
		assertThat(part.secretFiles(rendered).contains("DATABASE_URL")).isEqualTo(database);
		assertThat(part.secretFiles(rendered).contains("REDIS_URL")).isEqualTo(service.uses("redisson"));
		// All but the gateway, which passes credentials on.
		assertThat(part.secretFiles(rendered).contains("WHENCE_BOOTSTRAP_KEY")).isEqualTo(part != Part.GATEWAY);
		assertThat(part.secretFiles(rendered).contains("WHENCE_SECRET_KEY"))
			.isEqualTo(ServiceConfiguration.resource(part.module() + ".yaml").contains("${WHENCE_SECRET_KEY"));
		assertThat(part.secretFiles(rendered).contains("WHENCE_NOTIFICATION_SECRET_KEY"))
			.isEqualTo(part == Part.ANALYSIS);
		Set<Integer> stores = egressPorts(rendered, part);
		assertThat(stores.contains(5432)).as("PostgreSQL").isEqualTo(database);
		assertThat(stores.contains(6379)).as("Redis").isEqualTo(service.uses("redisson"));
		assertThat(stores.contains(9092)).as("Kafka").isEqualTo(service.uses("spring-boot-starter-kafka"));
	}

	@ParameterizedTest
	@EnumSource
	void aPodThatEndsHasTheTimeThatItsServiceTakes(Part part) {
		Rendered rendered = Chart.render(Values.of("external"));
		int phase = part.configuration().number("timeout-per-shutdown-phase: (\\d+)s");
		long forgotten = part.container(rendered).getLifecycle().getPreStop().getSleep().getSeconds();
		long drained = drainSeconds(part, rendered);
		assertThat(part.pod(rendered).getTerminationGracePeriodSeconds())
			.isGreaterThanOrEqualTo(forgotten + drained + phase + 5);
	}

	@ParameterizedTest
	@EnumSource
	void theGatewayGivesUpAnUnusedConnectionBeforeTheServiceDoes(Part part) {
		assertThat(drainSeconds(part, Chart.render(Values.of("external"))))
			.isGreaterThan(Part.GATEWAY.configuration().number("max-idle-time: (\\d+)s"));
	}

	private static long drainSeconds(Part part, Rendered rendered) {
		return Duration.parse("PT" + part.variables(rendered).get("WHENCE_DRAIN_TIME")).toSeconds();
	}

	@ParameterizedTest
	@EnumSource
	void theProbesAreThoseOfTheService(Part part) {
		String probes = ServiceClasses.text("dev/whence/support/health/ProbeController.class");
		Container container = part.container(Chart.render(Values.of("external")));
		Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
			.forEach((probe) -> assertThat(probes).contains(probe.getHttpGet().getPath()));
	}

	@Test
	void everySchemaIsMigratedByItsOwnerInTheRightOrder() {
		Job job = Chart.renderWithHooks(Values.of("roles")).one(Job.class, "whence-migrations");
		List<Container> containers = Stream
			.concat(job.getSpec().getTemplate().getSpec().getInitContainers().stream(),
					job.getSpec().getTemplate().getSpec().getContainers().stream())
			.toList();
		assertThat(containers).extracting(Container::getName)
			.as("the roles of the signals come before those who grant them something")
			.containsExactly("ingest", "analysis", "control", "instrumenter");
		for (Part part : Part.all()) {
			boolean owns = ServiceConfiguration.resource(part.module() + ".yaml").contains("migration:\n    schemas: ");
			assertThat(containers.stream().anyMatch((container) -> container.getName().equals(part.label())))
				.as(part.module())
				.isEqualTo(owns);
		}
		for (Container container : containers) {
			Set<String> names = container.getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet());
			assertThat(names).contains("WHENCE_MIGRATION_ONLY", "WHENCE_MIGRATION_GRANT_TO");
			assertThat(unknown(Part.valueOf(container.getName().toUpperCase(Locale.ROOT)), names)).isEmpty();
		}
	}

	@Test
	void whereAJobMigratesNoServiceDoes() {
		for (Part part : Part.all()) {
			Set<String> switches = part.configuration()
				.keys()
				.stream()
				.filter((key) -> key.endsWith(".migrate")
						|| key.equals("spring.flyway.enabled") && part == Part.ANALYSIS)
				.map((key) -> key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'))
				.collect(Collectors.toSet());
			Map<String, String> inJob = part.variables(Chart.render(Values.of("external")));
			Map<String, String> atStart = part.variables(Chart.render(Values.of("bare")));
			assertThat(switches).as(part.module())
				.allSatisfy((name) -> assertThat(inJob).containsEntry(name, "false"))
				.allSatisfy((name) -> assertThat(atStart).doesNotContainKey(name));
		}
	}

	@Test
	void theHookStandsBeforeEverythingElse() throws IOException {
		String template = Files.readString(Chart.folder().resolve("templates/migrations.yaml"));
		assertThat(template).contains("helm.sh/hook: pre-install,pre-upgrade");
		Job job = Chart.renderWithHooks(Values.of("external")).one(Job.class, "whence-migrations");
		assertThat(job.getSpec().getTemplate().getSpec().getServiceAccountName()).isNull();
		assertThat(job.getSpec().getTemplate().getSpec().getInitContainers().getFirst().getEnvFrom()).isEmpty();
		assertThat(Chart.renderWithHooks(Values.demo()).all(Job.class)).as("there is no database yet").isEmpty();
		assertThat(Chart.render(Values.of("external")).all(Job.class)).as("the library leaves hooks out").isEmpty();
	}

	@Test
	void ownSpansAreExportedToTheOwnGatewayWithoutMakingNewOnes() {
		Map<String, String> variables = Part.INGEST.variables(Chart.render(Values.of("everything")));
		assertThat(variables).containsEntry("ENABLE_TRACING", "true")
			.containsEntry("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
					"http://observe-gateway:4318/v1/traces");
		assertThat(variables.get("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_HEADERS_TRACEPARENT"))
			.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
		assertThat(Part.INGEST.secretFiles(Chart.render(Values.of("everything"))))
			.contains("management.opentelemetry.tracing.export.otlp.headers.x-api-key");
	}

	private static List<String> unknown(Part part, Set<String> variables) {
		return variables.stream()
			.filter((name) -> !OF_THE_JVM.contains(name) && !part.configuration().knows(name))
			.toList();
	}

	private static Set<Integer> egressPorts(Rendered rendered, Part part) {
		return rendered.one(NetworkPolicy.class, "whence-" + part.label())
			.getSpec()
			.getEgress()
			.stream()
			.flatMap((rule) -> rule.getPorts().stream())
			.map((port) -> port.getPort().getIntVal())
			.collect(Collectors.toSet());
	}

}
