package dev.whence.e2e.journey;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceProcess;
import dev.whence.e2e.platform.Whence;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The worker dies in the worst moment: its analysis is done and about to be stored. */
class WorkerCrashIT {

	private final Whence whence = Whence.running();

	private final GatewayClient gateway = this.whence.gateway();

	private final Incidents incidents = new Incidents(this.gateway);

	// Trace to service; each pair is trouble of its own.
	private final Map<String, String> troubles = new LinkedHashMap<>();

	@Test
	void workerKilledInTheMiddleOfAnAnalysisStoresExactlyOneAndLosesNothing() throws Exception {
		ServiceProcess worker = this.whence.process(Service.ANALYSIS);
		try (Connection connection = this.whence.database().dataSource().getConnection();
				Statement gate = connection.createStatement()) {
			// Readers pass; whoever wants to store an analysis waits here, in the middle.
			connection.setAutoCommit(false);
			gate.execute("lock table incidents.analysis in share mode");
			reportTrouble();
			await("the worker to be about to store an analysis").until(() -> count("""
					select count(*) from pg_locks
					 where relation = 'incidents.analysis'::regclass and not granted""") > 0);
			worker.kill();
			reportTrouble();
			connection.rollback();
		}
		assertThat(worker.isAlive()).isFalse();
		reportTrouble();
		worker.restart();
		worker.awaitReady();

		for (Map.Entry<String, String> trouble : this.troubles.entrySet()) {
			JsonNode incident = this.incidents.awaitAbout(trouble.getKey(), trouble.getValue());
			String id = incident.get("id").asString();
			// A dead worker's lease must run out first.
			await("the analysis of " + trouble.getValue())
				.until(() -> this.gateway.get("/query/incidents/" + id + "/analysis").status() == 200);
		}
		await("the worker to have no incident left to look at").untilAsserted(() -> assertThat(unfinished()).isEmpty());

		assertThat(count("select count(*) from incidents.job where kind = 'ANALYSE' and attempt > 1"))
			.as("jobs that a second worker took over")
			.isPositive();
		for (Map.Entry<String, String> trouble : this.troubles.entrySet()) {
			assertThat(this.incidents.about(trouble.getKey(), trouble.getValue())).hasSize(1);
		}
		// Each has one signal and therefore one version.
		assertThat(count("""
				select count(*) from (select i.id from incidents.incident i
				                        left join incidents.analysis a on a.incident_id = i.id
				                       where i.affected_services::text like '%crash-%'
				                       group by i.id having count(a.id) <> 1) other"""))
			.as("incidents of this story with another number of analyses than one")
			.isZero();
		assertThat(count("""
				select count(*) from incidents.incident i
				 where severity in ('HIGH', 'CRITICAL')
				   and not exists (select 1 from incidents.analysis a
				                    where a.incident_id = i.id and a.incident_version = i.version)"""))
			.as("incidents whose latest version has no analysis")
			.isZero();
	}

	private void reportTrouble() {
		String trace = Telemetry.newTrace();
		String service = "crash-" + UUID.randomUUID().toString().substring(0, 8);
		this.troubles.put(trace, service);
		assertThat(
				this.gateway.post("/ingest/logs", Telemetry.log(trace, service, Instant.now(), "ERROR", "Disk on fire"))
					.status())
			.isEqualTo(202);
	}

	/**
	 * The incidents and analyses that wait or are being worked on. Minutes are counted
	 * once they are over, which may be long after the rest: clients' clocks are ahead.
	 */
	private List<String> unfinished() throws SQLException {
		List<String> jobs = new ArrayList<>();
		try (Connection connection = this.whence.database().dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("""
						select concat_ws(' ', kind, subject, 'failed', failures, 'times', last_error, 'due in',
						                 not_before - now())
						  from incidents.job
						 where wanted_version > done_version and kind in ('GROUP', 'ANALYSE')""")) {
			while (rows.next()) {
				jobs.add(rows.getString(1));
			}
		}
		return jobs;
	}

	private long count(String sql) throws SQLException {
		try (Connection connection = this.whence.database().dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getLong(1);
		}
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofSeconds(150)).pollInterval(Duration.ofMillis(200));
	}

}
