package dev.whence.e2e.deployed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Repository;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the chart promises of the services, kept by their processes. */
class ConfiguredAsTheChartSaysIT {

	/** An export of spans starts every five seconds. */
	private static final Duration EXPORT = Duration.ofSeconds(5);

	/** Printed from the first time on that it happens. */
	private static final Set<String> RARE = Set.of("whence_wire_dead_lettered_total",
			"whence_notification_sends_seconds_count", "whence_gateway_refused_total");

	private static final Pattern METRIC = Pattern
		.compile("\\b(?:whence|http_server|jvm|hikaricp|process|resilience4j)_[a-z0-9_]+(?=[{)\\s\"])");

	@TempDir
	static Path folder;

	private static ChartInstallation whence;

	/** From when on spans of exports count, in nanoseconds since 1970. */
	private static long since;

	@BeforeAll
	static void installs() {
		whence = new ChartInstallation(folder);
		whence.migrate();
		whence.start();
	}

	@AfterAll
	static void ends() {
		whence.close();
	}

	@Test
	void aSignalBecomesAnIncidentWithItsCause() {
		String service = "payment-" + UUID.randomUUID().toString().substring(0, 8);
		Reply sent = whence.gateway()
			.post("/ingest/logs",
					Map.of("signal_id", UUID.randomUUID().toString(), "trace_id", "req-1a2b3c4d", "service_name",
							service, "timestamp", Instant.now().toString(), "level", "ERROR", "message",
							"Payment declined by issuer"));
		assertThat(sent.status()).as(sent.body()).isEqualTo(202);
		Awaitility.await("the cause").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			Reply incidents = whence.gateway().get("/query/incidents");
			assertThat(incidents.body()).contains(service);
			String id = incidents.json().get("items").get(0).get("id").asString();
			assertThat(whence.gateway().get("/query/incidents/" + id + "/analysis").status()).isEqualTo(200);
		});
	}

	@Test
	void manifestsAreCountedByALoginThatChangesRowsAlone() throws SQLException {
		Reply answer = whence.gateway()
			.post("/workflow/instrument", Map.of("deployment_name", "one", "client_repo", "counted/by-the-chart",
					"manifest_content",
					"apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: {containers: [{name: a, image: b}]}\n"));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		Awaitility.await("the manifest to be counted")
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(whence.gateway().get("/workflow/usage").body()).contains("counted/by-the-chart"));
		try (Connection services = whence.asServices(); Statement statement = services.createStatement()) {
			for (String refused : List.of("create table signals.mine (id integer)",
					"alter table incidents.job add column mine integer", "drop table control.project",
					"delete from incidents.flyway_schema_history", "insert into signals.log_record default values",
					"create schema mine")) {
				assertThatExceptionOfType(SQLException.class).as(refused)
					.isThrownBy(() -> statement.execute(refused))
					.satisfies((why) -> assertThat(why.getSQLState()).isEqualTo("42501"));
			}
		}
	}

	@Test
	void accountsAreMadeAndSignIn() {
		Reply account = whence.gateway()
			.post("/api/auth/register", Map.of("email", "ada@example.com", "password", "a long sentence of mine"));
		assertThat(account.status()).as(account.body()).isEqualTo(201);
		Reply login = whence.gateway()
			.post("/api/auth/jwt/login", "application/x-www-form-urlencoded",
					"username=ada@example.com&password=a+long+sentence+of+mine".getBytes());
		assertThat(login.status()).as(login.body()).isEqualTo(200);
	}

	@Test
	void theQuestionsOfTheScalerAreAnswered() throws IOException, SQLException {
		String template = Files.readString(Repository.root().resolve("helm/templates/autoscaling.yaml"));
		List<String> questions = Pattern.compile("query: >-\\n((?: {10}.*\\n)+)")
			.matcher(template)
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(questions).hasSize(2);
		try (Connection services = whence.asServices(); Statement statement = services.createStatement()) {
			for (String question : questions) {
				try (ResultSet answer = statement.executeQuery(question)) {
					assertThat(answer.next()).isTrue();
					assertThat(answer.getDouble(1)).isNotNegative();
				}
			}
		}
	}

	@Test
	void everyMetricOfTheDashboardAndTheAlertsIsPrinted() throws IOException {
		aSignalBecomesAnIncidentWithItsCause();
		Set<String> asked = new TreeSet<>();
		for (String file : List.of("files/alerts.yaml", "files/dashboard.json")) {
			Matcher matcher = METRIC.matcher(Files.readString(Repository.root().resolve("helm").resolve(file)));
			while (matcher.find()) {
				asked.add(matcher.group());
			}
		}
		String printed = Arrays.stream(Service.values()).map(whence::metrics).collect(Collectors.joining("\n"));
		assertThat(asked).hasSizeGreaterThan(15).contains("whence_outbox_age_seconds", "jvm_gc_overhead");
		asked.removeAll(RARE);
		assertThat(asked).allMatch((name) -> Pattern.compile("(?m)^" + name + "[{ ]").matcher(printed).find());
		assertThat(Pattern.compile("(?m)^whence_analysis_backlog_lag").matcher(printed).find()).isFalse();
		assertThat(whence.metrics(Service.GATEWAY)).contains("application=\"gateway\"")
			.containsPattern("resilience4j_circuitbreaker_state\\{[^}]*name=\"[a-z]+\"[^}]*state=\"open\"");
		assertThat(whence.metrics(Service.ANALYSIS)).containsPattern("whence_analysis_backlog\\{[^}]*kind=\"ROLLUP\"");
	}

	@Test
	void ownSpansAreStoredAndTheirExportsMakeNone() {
		for (int n = 0; n < 3; n++) {
			long before = spansOf("query-service");
			whence.gateway().get("/query/incidents");
			Awaitility.await("spans of the gateway and the service behind it")
				.atMost(EXPORT.multipliedBy(12))
				.until(() -> spansOf("gateway") > 0 && spansOf("query-service") > before);
		}
		assertThat(spansOfExports()).as("by then some hundred spans were exported").isZero();
	}

	@Test
	void withoutTheUnsampledContextTheyWouldGoOnForEver() {
		ServiceProcess loops = whence.startIngestThatLoops();
		try {
			for (int n = 1; n <= 4; n++) {
				long before = spansOfExports();
				Awaitility.await("the span of the export of a span")
					.atMost(EXPORT.multipliedBy(12))
					.until(() -> spansOfExports() > before);
			}
		}
		finally {
			loops.kill();
			since = Instant.now().plusSeconds(1).toEpochMilli() * 1_000_000;
		}
	}

	private static long spansOfExports() {
		return count("select count(*) from signals.span where name like '%/v1/traces%' and time > " + since);
	}

	private static long spansOf(String service) {
		return count("select count(*) from signals.span where service = '" + service + "'");
	}

	private static long count(String sql) {
		try (Connection owner = whence.asOwner();
				Statement statement = owner.createStatement();
				ResultSet answer = statement.executeQuery(sql)) {
			answer.next();
			return answer.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
