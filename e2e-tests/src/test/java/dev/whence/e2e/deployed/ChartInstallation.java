package dev.whence.e2e.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.Ports;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceProcess;
import dev.whence.testkit.kafka.KafkaServer;
import dev.whence.testkit.postgres.PostgresProcess;
import dev.whence.testkit.redis.RedisServer;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One installation with the variables and files of the chart, on a PostgreSQL of its own,
 * because roles belong to the whole server.
 */
final class ChartInstallation implements AutoCloseable {

	private static final String KEY = "chart-tests-administrator-key-0123456789";

	private static final String SECRET_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	/** A context that is not sampled, as in the chart. */
	private static final String UNSAMPLED = "00-000000000000000000000000000000e1-00000000000000e1-00";

	private static final List<Service> OWNERS = List.of(Service.INGEST, Service.ANALYSIS, Service.CONTROL,
			Service.INSTRUMENTER);

	private final PostgresProcess postgres = PostgresProcess.start();

	private final RedisServer redis = RedisServer.start();

	private final Path folder;

	private final Map<Service, Integer> ports = new EnumMap<>(Service.class);

	private final int otlpPort;

	private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);

	ChartInstallation(Path folder) {
		this.folder = folder;
		List<Integer> free = Ports.free(Service.values().length + 1);
		for (Service service : Service.values()) {
			this.ports.put(service, free.get(service.ordinal()));
		}
		this.otlpPort = free.getLast();
		asSuperuser("create role whence_owner login createrole password 'owner'");
		asSuperuser("create role whence login password 'services'");
		asSuperuser("create database whence owner whence_owner");
	}

	/** What the hook Job does. */
	void migrate() {
		for (Service service : OWNERS) {
			Path secrets = secrets("migrations", Map.of("DATABASE_URL", url("whence_owner", "owner")));
			ServiceProcess run = ServiceProcess.start(service, "chart-migrate-" + service.module(), 0, List.of(),
					Map.of("WHENCE_MIGRATION_ONLY", "true", "WHENCE_MIGRATION_GRANT_TO", "whence",
							"SPRING_CONFIG_IMPORT", "configtree:" + secrets + "/"));
			Awaitility.await("the migration of " + service.module())
				.atMost(Duration.ofSeconds(120))
				.pollInterval(Duration.ofMillis(100))
				.until(() -> !run.isAlive());
			assertThat(run.logTail()).contains("is up to date");
		}
	}

	/** What the Deployments do. */
	void start() {
		for (Service service : Service.values()) {
			this.processes.put(service, start(service, "chart-" + service.module(), this.ports.get(service),
					Map.of("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_HEADERS_TRACEPARENT", UNSAMPLED)));
		}
		this.processes.values().forEach(ServiceProcess::awaitReady);
	}

	/**
	 * Another ingest that sends its spans to itself and forgets to say that it does.
	 */
	ServiceProcess startIngestThatLoops() {
		int port = Ports.free(1).getFirst();
		ServiceProcess ingest = start(Service.INGEST, "chart-loop", port, Map
			.of("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT", "http://127.0.0.1:" + port + "/v1/traces"));
		ingest.awaitReady();
		return ingest;
	}

	GatewayClient gateway() {
		return GatewayClient.withKey(this.processes.get(Service.GATEWAY).url(), KEY);
	}

	String metrics(Service service) {
		return GatewayClient.withoutCredential(this.processes.get(service).url()).get("/metrics").body();
	}

	Connection asServices() throws SQLException {
		return DriverManager.getConnection(jdbcUrl(), "whence", "services");
	}

	Connection asOwner() throws SQLException {
		return DriverManager.getConnection(jdbcUrl(), "whence_owner", "owner");
	}

	@Override
	public void close() {
		// The servers end with the tests.
		this.processes.values().forEach(ServiceProcess::kill);
	}

	private ServiceProcess start(Service service, String name, int port, Map<String, String> more) {
		Map<String, String> files = new TreeMap<>();
		files.put("management.opentelemetry.tracing.export.otlp.headers.x-api-key", KEY);
		if (service != Service.GATEWAY) {
			files.put("WHENCE_BOOTSTRAP_KEY", KEY);
			files.put("DATABASE_URL",
					(service == Service.INGEST) ? url("whence_owner", "owner") : url("whence", "services"));
		}
		if (service == Service.ANALYSIS || service == Service.GATEWAY) {
			files.put("REDIS_URL", this.redis.url());
		}
		if (service == Service.CONTROL) {
			files.put("WHENCE_SECRET_KEY", SECRET_KEY);
		}
		if (service == Service.ANALYSIS) {
			files.put("WHENCE_NOTIFICATION_SECRET_KEY", SECRET_KEY);
		}
		Map<String, String> variables = new TreeMap<>();
		variables.put("API_HOST", "127.0.0.1");
		variables.put("API_PORT", "" + port);
		variables.put("WHENCE_SECURITY_MODE", "required");
		variables.put("KAFKA_BOOTSTRAP_SERVERS", KafkaServer.shared().bootstrapServers());
		variables.put("SPRING_CONFIG_IMPORT", "optional:configtree:" + secrets(name, files) + "/");
		variables.put("WHENCE_SIGNAL_STORE_MIGRATE", "false");
		variables.put("SPRING_FLYWAY_ENABLED", "false");
		variables.put("WHENCE_CONTROL_SCHEMA_MIGRATE", "false");
		variables.put("WHENCE_INSTRUMENTER_USAGE_MIGRATE", "false");
		variables.put("WHENCE_OTLP_PORT", "" + this.otlpPort);
		variables.put("WHENCE_OTLP_GRPC_PORT", "0");
		variables.put("MANAGEMENT_METRICS_TAGS_APPLICATION", service.name().toLowerCase(Locale.ROOT));
		variables.put("ENABLE_TRACING", "true");
		variables.put("TRACE_SAMPLE_RATIO", "1");
		variables.put("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
				"http://127.0.0.1:" + this.otlpPort + "/v1/traces");
		this.ports
			.forEach((other, number) -> variables.put("WHENCE_" + other.name() + "_URL", "http://127.0.0.1:" + number));
		variables.putAll(more);
		return ServiceProcess.start(service, name, port, List.of(), variables);
	}

	// As Kubernetes lays them: the files behind two links.
	private Path secrets(String name, Map<String, String> files) {
		try {
			Path mounted = this.folder.resolve(name);
			Path data = Files.createDirectories(mounted.resolve("..2026"));
			if (!Files.exists(mounted.resolve("..data"))) {
				Files.createSymbolicLink(mounted.resolve("..data"), data);
			}
			for (Map.Entry<String, String> file : files.entrySet()) {
				Files.writeString(data.resolve(file.getKey()), file.getValue());
				if (!Files.exists(mounted.resolve(file.getKey()))) {
					Files.createSymbolicLink(mounted.resolve(file.getKey()), Path.of("..data", file.getKey()));
				}
			}
			return mounted;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String jdbcUrl() {
		return this.postgres.database().jdbcUrl().replaceFirst("/[^/]*$", "/whence");
	}

	private String url(String user, String password) {
		return jdbcUrl().replace("jdbc:postgresql://", "postgresql://" + user + ":" + password + "@");
	}

	private void asSuperuser(String sql) {
		try (Connection connection = this.postgres.database().dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
