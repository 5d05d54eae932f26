package dev.whence.e2e.fire;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.whence.e2e.fire.Checker.Storage;
import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.KafkaProcess;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceEnvironment;
import dev.whence.e2e.platform.ServiceProcess;
import dev.whence.e2e.platform.Whence;
import dev.whence.testkit.LastingPort;
import dev.whence.testkit.postgres.PostgresProcess;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What docs/backup.md promises: a copy of PostgreSQL, made while clients write, is all
 * that is needed. The services start on it with an empty Kafka.
 */
@Isolated
class BackupIT {

	private static final int CLIENTS = 3;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final String PASSWORD = "a long sentence of mine";

	private static final List<Service> SERVICES = List.of(Service.CONTROL, Service.INGEST, Service.QUERY,
			Service.ANALYSIS);

	@TempDir
	Path folder;

	private final Installation whence = Installation.running();

	private final Map<Service, ServiceProcess> restored = new EnumMap<>(Service.class);

	private final Report report = new Report("backup");

	@AfterEach
	void end() {
		this.restored.values().forEach(ServiceProcess::kill);
	}

	@Test
	void whatWasStoredBeforeABackupIsThereOnAnotherServerAndKnownAsADuplicate() throws Exception {
		int run = this.whence.newRun();
		Ledger ledger = write(run, this.whence.port(Service.GATEWAY));
		String email = "ada-" + UUID.randomUUID() + "@example.com";
		String key = registerAndMakeAKey(email);
		Set<String> analyses;
		try (Connection connection = this.whence.postgres().database().dataSource().getConnection()) {
			Checker checker = new Checker(connection);
			await("the worker to have done everything").until(() -> checker.settled(ledger));
			analyses = analyses(connection);
		}
		Path copy = backUpWhileClientsWrite();

		try (PostgresProcess server = this.whence.postgres().restore(copy); KafkaProcess kafka = KafkaProcess.start()) {
			long begun = System.nanoTime();
			start(server, kafka);
			this.report.put("seconds until the services were ready on it",
					Duration.ofNanos(System.nanoTime() - begun).toSeconds());
			try (Connection connection = server.database().dataSource().getConnection()) {
				Checker checker = new Checker(connection);
				Storage storage = checker.storage(run, ledger);
				this.report.put("signals acknowledged before the backup", storage.acknowledged())
					.put("of these, lost", storage.lost().count())
					.put("stored twice", storage.twice().count())
					.put("analyses before the backup", analyses.size());
				assertThat(storage.lost().examples()).isEmpty();
				assertThat(storage.twice().examples()).isEmpty();
				assertThat(storage.stored()).isEqualTo(storage.acknowledged());
				assertThat(analyses(connection)).isNotEmpty().containsAll(analyses);
				assertThat(checker.incidents(ledger).outside().examples()).isEmpty();

				replay(ledger);
				assertThat(checker.storage(run, ledger).stored()).as("rows after a replay").isEqualTo(storage.stored());

				theAccountAndTheKeyAreGood(email, key);
				int later = this.whence.newRun();
				Ledger more = write(later, this.restored.get(Service.INGEST).port());
				await("the worker to go on").until(() -> checker.settled(more));
				assertThat(checker.storage(later, more).lost().examples()).isEmpty();
			}
		}
		this.report.publish();
	}

	private Ledger write(int run, int port) throws Exception {
		Crowd crowd = Crowd.writing(CLIENTS, run, run, true, port);
		try {
			await("trouble").until(crowd::isTroubled);
			return crowd.finish(PATIENCE);
		}
		finally {
			crowd.abandon();
		}
	}

	private Path backUpWhileClientsWrite() throws Exception {
		Path copy = this.folder.resolve("copy");
		Crowd crowd = Crowd.writing(CLIENTS, this.whence.newRun(), 1, true, this.whence.port(Service.GATEWAY));
		try {
			long begun = System.nanoTime();
			this.whence.postgres().backUp(copy);
			this.report.put("seconds of the copy", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
			assertThat(crowd.acknowledgedSince(begun)).as("clients were served meanwhile").isTrue();
		}
		finally {
			crowd.finish(PATIENCE);
		}
		return copy;
	}

	private void start(PostgresProcess server, KafkaProcess kafka) {
		Map<Service, Integer> ports = new EnumMap<>(Service.class);
		SERVICES.forEach((service) -> ports.put(service, LastingPort.free()));
		ServiceEnvironment environment = new ServiceEnvironment(server.database(), kafka.bootstrapServers(),
				this.whence.redis().url(), ports);
		ports.forEach((service, port) -> this.restored.put(service, ServiceProcess.start(service,
				"restored-" + service.module(), port, List.of("-Xmx256m"), environment.of(service))));
		this.restored.values().forEach(ServiceProcess::awaitReady);
	}

	private void replay(Ledger ledger) throws Exception {
		int port = this.restored.get(Service.INGEST).port();
		long signals = 0;
		try (PlainConnection connection = new PlainConnection(port, Duration.ofSeconds(20))) {
			for (Delivery delivery : ledger.recent()) {
				byte[] request = PlainConnection.post(delivery.path(), delivery.protocol().contentType(), Whence.KEY,
						delivery.body());
				assertThat(connection.exchange(request).status()).as(delivery.path()).isBetween(200, 202);
				signals += delivery.marks().size();
			}
		}
		IngestMetrics metrics = IngestMetrics.of(port);
		this.report.put("signals replayed", signals);
		assertThat(metrics.signals("stored")).isZero();
		assertThat(metrics.signals("duplicate")).isEqualTo(signals);
	}

	/** Only while it is needed, for the installation has none. */
	private String registerAndMakeAKey(String email) {
		int port = LastingPort.free();
		try (ServiceProcess control = ServiceProcess.start(Service.CONTROL, "backed-up-control", port, List.of(),
				this.whence.replica(Service.CONTROL, port, Map.of()))) {
			control.awaitReady();
			GatewayClient client = GatewayClient.withKey(control.url(), Whence.KEY);
			Reply account = client.post("/api/auth/register", Map.of("email", email, "password", PASSWORD));
			assertThat(account.status()).as(account.body()).isEqualTo(201);
			Reply key = client.post("/api/projects/1/keys", Map.of("name", "of the backup", "scopes", List.of("read")));
			assertThat(key.status()).as(key.body()).isEqualTo(201);
			return key.json().get("key").asString();
		}
	}

	private void theAccountAndTheKeyAreGood(String email, String key) {
		Reply login = GatewayClient.withoutCredential(this.restored.get(Service.CONTROL).url())
			.post("/api/auth/jwt/login", "application/x-www-form-urlencoded",
					("username=" + email + "&password=" + PASSWORD.replace(' ', '+')).getBytes());
		assertThat(login.status()).as(login.body()).isEqualTo(200);
		String query = this.restored.get(Service.QUERY).url();
		for (GatewayClient reader : List.of(GatewayClient.withKey(query, key),
				GatewayClient.withBearer(query, login.json().get("access_token").asString()))) {
			Reply incidents = reader.get("/query/incidents");
			assertThat(incidents.status()).as(incidents.body()).isEqualTo(200);
			assertThat(incidents.json().get("items")).isNotEmpty();
		}
		assertThat(GatewayClient.withKey(query, key + "x").get("/query/incidents").status()).isEqualTo(401);
	}

	private static Set<String> analyses(Connection connection) throws SQLException {
		Set<String> analyses = new HashSet<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select md5(a::text) from incidents.analysis a")) {
			while (rows.next()) {
				analyses.add(rows.getString(1));
			}
		}
		return analyses;
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(200));
	}

}
