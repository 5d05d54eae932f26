package dev.whence.e2e.fire;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceEnvironment;
import dev.whence.e2e.platform.ServiceProcess;
import dev.whence.e2e.platform.Whence;
import dev.whence.testkit.LastingPort;
import dev.whence.testkit.postgres.PostgresProcess;
import dev.whence.testkit.postgres.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Query on a second PostgreSQL that repeats what the first one writes (docs/scaling.md).
 */
@Isolated
class TwoServersIT {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	@TempDir
	Path folder;

	private final Installation whence = Installation.running();

	@Test
	void queryAnswersFromAServerThatOnlyRepeatsTheFirst() throws Exception {
		Path copy = this.folder.resolve("copy");
		this.whence.postgres().backUp(copy);
		try (PostgresProcess standby = this.whence.postgres().standby(copy);
				ServiceProcess query = queryOn(standby.database())) {
			assertThat(is("pg_is_in_recovery()", standby.database())).isTrue();
			query.awaitReady();
			int run = this.whence.newRun();
			Ledger ledger = write(run);
			GatewayClient client = GatewayClient.withKey(query.url(), Whence.KEY);
			String trace = ledger.troubles().getFirst().trace();
			Awaitility.await("the trace on the standby")
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(client.get("/query/traces/" + trace).json()).isNotEmpty());
			try (Connection connection = standby.database().dataSource().getConnection()) {
				long acknowledged = ledger.acknowledged().size();
				Awaitility.await("everything on the standby")
					.atMost(PATIENCE)
					.untilAsserted(() -> assertThat(stored(connection, run)).isEqualTo(acknowledged));
			}
			for (String path : List.of("/query/incidents?limit=5", "/query/incidents/facets", "/query/incidents/stats",
					"/query/signals?limit=5", "/query/analysis/backlog", "/query/patterns", "/query/problems",
					"/query/rejected", "/runs?limit=5", "/query/traces/" + trace)) {
				Reply reply = client.get(path);
				assertThat(reply.status()).as(path + ": " + reply.body()).isEqualTo(200);
			}
		}
	}

	private Ledger write(int run) throws Exception {
		Crowd crowd = Crowd.writing(2, run, run, true, this.whence.port(Service.GATEWAY));
		try {
			Awaitility.await("trouble").atMost(PATIENCE).until(crowd::isTroubled);
			return crowd.finish(PATIENCE);
		}
		finally {
			crowd.abandon();
		}
	}

	private ServiceProcess queryOn(TestDatabase database) {
		Map<Service, Integer> ports = new EnumMap<>(Map.of(Service.QUERY, LastingPort.free()));
		ServiceEnvironment environment = new ServiceEnvironment(database, this.whence.kafka().bootstrapServers(),
				this.whence.redis().url(), ports);
		return ServiceProcess.start(Service.QUERY, "standby-query", ports.get(Service.QUERY), List.of(),
				environment.of(Service.QUERY));
	}

	private static boolean is(String question, TestDatabase database) throws SQLException {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet answer = statement.executeQuery("select " + question)) {
			answer.next();
			return answer.getBoolean(1);
		}
	}

	private static long stored(Connection connection, int run) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet answer = statement.executeQuery("""
						select (select count(*) from signals.log_record where service like '%1$s%%')
						     + (select count(*) from signals.span where service like '%1$s%%')
						     + (select count(*) from signals.run_event where name like '%2$s%%')"""
					.formatted(DeliveryPlan.services(run), DeliveryPlan.marks(run)))) {
			answer.next();
			return answer.getLong(1);
		}
	}

}
