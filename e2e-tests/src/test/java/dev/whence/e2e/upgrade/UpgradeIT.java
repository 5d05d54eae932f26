package dev.whence.e2e.upgrade;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.KafkaProcess;
import dev.whence.e2e.platform.Ports;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceEnvironment;
import dev.whence.e2e.platform.ServiceProcess;
import dev.whence.e2e.platform.Whence;
import dev.whence.testkit.postgres.PostgresServer;
import dev.whence.testkit.postgres.TestDatabase;
import dev.whence.testkit.redis.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/upgrading.md promises of a database that 0.1.0 left behind. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeIT {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final List<Service> SERVICES = List.of(Service.CONTROL, Service.INGEST, Service.QUERY,
			Service.ANALYSIS);

	private static final Release RELEASE = Release.of("0.1.0");

	private static final Map<Service, ServiceProcess> PROCESSES = new EnumMap<>(Service.class);

	private static TestDatabase database;

	@BeforeAll
	static void upgrade() throws Exception {
		database = PostgresServer.shared().newDatabase();
		RELEASE.leaveBehind(database);
		KafkaProcess kafka = KafkaProcess.start();
		RedisServer redis = RedisServer.start();
		List<Integer> free = Ports.free(SERVICES.size());
		Map<Service, Integer> ports = new EnumMap<>(Service.class);
		SERVICES.forEach((service) -> ports.put(service, free.get(ports.size())));
		ServiceEnvironment environment = new ServiceEnvironment(database, kafka.bootstrapServers(), redis.url(), ports);
		ports.forEach((service, port) -> {
			Map<String, String> variables = environment.of(service);
			// The rows were written on a day in 2026, whenever this runs.
			for (String kind : List.of("LOGS", "TRACES", "METRICS", "RUNS")) {
				variables.put("WHENCE_SIGNAL_STORE_RETENTION_" + kind, "3650");
			}
			PROCESSES.put(service,
					ServiceProcess.start(service, "upgraded-" + service.module(), port, List.of(), variables));
		});
		PROCESSES.values().forEach(ServiceProcess::awaitReady);
	}

	@AfterAll
	static void end() {
		// The servers end with the tests.
		PROCESSES.values().forEach(ServiceProcess::kill);
	}

	@Test
	@Order(1)
	void theNewTablesAreThere() throws SQLException {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet newest = statement
					.executeQuery("select max(version::integer) from signals.flyway_schema_history")) {
			newest.next();
			assertThat(newest.getInt(1)).isGreaterThan(22);
		}
	}

	@Test
	@Order(2)
	void whatWasAnsweredIsAnsweredStill() {
		String token = signIn();
		int compared = 0;
		for (Map.Entry<String, JsonNode> answer : RELEASE.answers()) {
			Reply reply = client(answer.getKey(), token).get(answer.getKey());
			assertThat(reply.status()).as(answer.getKey() + ": " + reply.body()).isEqualTo(200);
			assertContains(answer.getKey(), answer.getValue(), reply.json());
			compared++;
		}
		assertThat(compared).isGreaterThan(15);
	}

	@Test
	@Order(3)
	void whatIsSentAgainIsADuplicate() {
		GatewayClient ingest = GatewayClient.withKey(PROCESSES.get(Service.INGEST).url(), RELEASE.text("key"));
		long before = signals("stored");
		for (JsonNode request : RELEASE.sent()) {
			// Byte for byte: events of runs are told apart by their bytes.
			Reply reply = ingest.post(request.get("path").asString(), "application/json",
					request.get("body").asString().getBytes(StandardCharsets.UTF_8));
			assertThat(reply.status()).as(reply.body()).isBetween(200, 202);
		}
		assertThat(signals("stored")).isEqualTo(before);
		// Logs, spans, points; events of a run; logs without an id of their own.
		assertThat(signals("duplicate")).isGreaterThanOrEqualTo(30 + 12 + 6 + 5 + 5);
	}

	@Test
	@Order(4)
	void newTroubleIsAnalysedBesideTheOld() {
		String service = "new-" + UUID.randomUUID().toString().substring(0, 8);
		Map<String, Object> log = new LinkedHashMap<>();
		log.put("signal_id", UUID.randomUUID().toString());
		log.put("trace_id", "new-0001");
		log.put("service_name", service);
		log.put("timestamp", Instant.now().toString());
		log.put("level", "ERROR");
		log.put("message", "Disk on fire");
		assertThat(GatewayClient.withKey(PROCESSES.get(Service.INGEST).url(), RELEASE.text("key"))
			.post("/ingest/logs", log)
			.status()).isEqualTo(202);
		GatewayClient query = GatewayClient.withKey(PROCESSES.get(Service.QUERY).url(), RELEASE.text("key"));
		Awaitility.await("the new incident's analysis")
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(250))
			.untilAsserted(() -> {
				JsonNode items = query.get("/query/incidents?limit=50").json().get("items");
				String about = "";
				for (JsonNode incident : items) {
					if (incident.get("title").asString().startsWith(service)) {
						about = incident.get("id").asString();
					}
				}
				assertThat(query.get("/query/incidents/" + about + "/analysis").status()).isEqualTo(200);
			});
		assertThat(query.get("/query/incidents/" + RELEASE.text("incident")).status()).isEqualTo(200);
	}

	private static String signIn() {
		Reply login = GatewayClient.withoutCredential(PROCESSES.get(Service.CONTROL).url())
			.post("/api/auth/jwt/login", "application/x-www-form-urlencoded",
					("username=" + RELEASE.text("email") + "&password=" + RELEASE.text("password").replace(' ', '+'))
						.getBytes());
		assertThat(login.status()).as(login.body()).isEqualTo(200);
		return login.json().get("access_token").asString();
	}

	private static GatewayClient client(String path, String token) {
		if (path.startsWith("/api/notifications")) {
			return GatewayClient.withBearer(PROCESSES.get(Service.ANALYSIS).url(), token);
		}
		if (path.startsWith("/api/")) {
			return GatewayClient.withBearer(PROCESSES.get(Service.CONTROL).url(), token);
		}
		return GatewayClient.withKey(PROCESSES.get(Service.QUERY).url(), RELEASE.text("key"));
	}

	/** Fields may have been added; none may be gone or say something else. */
	private static void assertContains(String where, JsonNode before, JsonNode now) {
		if (before.isObject()) {
			for (Map.Entry<String, JsonNode> field : before.properties()) {
				if (!field.getKey().equals("last_login_at")) {
					assertThat(now.has(field.getKey())).as(where + "/" + field.getKey()).isTrue();
					assertContains(where + "/" + field.getKey(), field.getValue(), now.get(field.getKey()));
				}
			}
		}
		else if (before.isArray()) {
			assertThat(now.size()).as(where).isEqualTo(before.size());
			for (int n = 0; n < before.size(); n++) {
				assertContains(where + "/" + n, before.get(n), now.get(n));
			}
		}
		else {
			assertThat(now).as(where).isEqualTo(before);
		}
	}

	private static long signals(String outcome) {
		return (long) GatewayClient.withKey(PROCESSES.get(Service.INGEST).url(), Whence.KEY)
			.get("/metrics")
			.body()
			.lines()
			.filter((line) -> line.startsWith("whence_ingest_signals_total{")
					&& line.contains("outcome=\"" + outcome + "\""))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

}
