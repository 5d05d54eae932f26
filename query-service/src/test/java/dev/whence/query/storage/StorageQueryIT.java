package dev.whence.query.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.query.IngestSide;
import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
import dev.whence.store.rejected.RejectedRecord;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;
import dev.whence.testkit.postgres.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@QueryTest
@Import(IngestSide.class)
@TestPropertySource(properties = "test.database=storage")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageQueryIT {

	private static final Instant TIME = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(2));

	@LocalServerPort
	private int port;

	private QueryApi api;

	private JdbcClient jdbc;

	@BeforeAll
	void sendAndCount(@Autowired TestDatabase database, @Autowired IngestSide.Telemetry telemetry) {
		this.api = new QueryApi(this.port);
		this.jdbc = JdbcClient.create(database.dataSource());
		store(telemetry, ProjectId.DEFAULT, "cart", 300);
		store(telemetry, new ProjectId(2), "not-your-business", 100);
		this.jdbc.sql("analyze").update();
		telemetry.reject(ProjectId.DEFAULT, rejected(RejectionReason.LIMIT, TIME),
				rejected(RejectionReason.LIMIT, TIME.plusSeconds(1)), rejected(RejectionReason.CONFLICT, TIME),
				rejected(RejectionReason.MALFORMED, TIME.minus(Duration.ofHours(5))));
		telemetry.reject(new ProjectId(2), rejected(RejectionReason.MALFORMED, TIME));
		telemetry.sign();
	}

	@Test
	void aProjectSeesWhatItsOwnSignalsTake() {
		JsonNode storage = get("/query/storage");
		JsonNode logs = item(storage.get("tables"), "table", "log_record");
		assertThat(logs.get("kind").asString()).isEqualTo("logs");
		assertThat(logs.get("rows").asLong()).isEqualTo(300);
		assertThat(logs.get("rows_estimated").asBoolean()).isTrue();
		assertThat(logs.get("bytes").asLong()).isBetween(bytes("log_record") * 3 / 4 - 1,
				bytes("log_record") * 3 / 4 + 1);
		assertThat(item(storage.get("kinds"), "kind", "logs").get("signals").asLong()).isEqualTo(300);
		assertThat(item(storage.get("kinds"), "kind", "logs").get("bytes_per_signal").asDouble()).isPositive();
		assertThat(item(storage.get("kinds"), "kind", "rollups").get("signals").isNull()).isTrue();
		assertThat(storage.get("services")).singleElement().satisfies((service) -> {
			assertThat(service.get("service").asString()).isEqualTo("cart");
			// 301 in something more than two hours.
			assertThat(service.get("signals_per_day").asDouble()).isBetween(3_000.0, 3_612.0);
			assertThat(service.get("forecast_bytes").asLong()).isPositive();
		});
		assertThat(storage.get("segments").get("count").asLong()).isZero();
		long total = 0;
		for (JsonNode table : storage.get("tables")) {
			total += table.get("bytes").asLong();
		}
		assertThat(storage.get("total_bytes").asLong()).isEqualTo(total);
		assertThat(storage.toString()).doesNotContain("not-your-business");
	}

	@Test
	void theForecastReckonsWithTheRetentionInForce() {
		long before = get("/query/storage").at("/services/0/forecast_bytes").asLong();
		this.jdbc.sql("insert into signals.retention (project_id, signal_type, days) values (1, 0, 3), (1, 2, 3)")
			.update();
		try {
			assertThat(get("/query/storage").at("/services/0/forecast_bytes").asLong()).isBetween(before / 12,
					before / 8);
		}
		finally {
			this.jdbc.sql("delete from signals.retention where project_id = 1").update();
		}
	}

	@Test
	void healthTellsWhatWasStoredAndWhatWasRefused() {
		JsonNode health = get("/query/ingest-health?from=" + TIME + "&to=" + TIME.plusSeconds(120));
		assertThat(health.get("accepted").asLong()).isEqualTo(301);
		assertThat(health.get("logs").asLong()).isEqualTo(300);
		assertThat(health.get("points").asLong()).isEqualTo(1);
		assertThat(health.get("lag_seconds").asLong()).isLessThan(60);
		assertThat(health.get("rejected"))
			.extracting((reason) -> reason.get("reason").asString() + " " + reason.get("count").asLong())
			.isEqualTo(List.of("limit 2", "conflict 1"));
		assertThat(get("/query/ingest-health").get("accepted").asLong()).isZero();
	}

	private void store(IngestSide.Telemetry telemetry, ProjectId project, String service, int logs) {
		telemetry.store(project,
				IntStream.range(0, logs)
					.mapToObj((i) -> new LogRecord(UUID.randomUUID(), null, null, service, TIME, "INFO", "line " + i,
							Map.of(), Map.of(), Map.of()))
					.toArray(Signal[]::new));
		telemetry.store(project, new MetricPoint(UUID.randomUUID(), null, service, TIME, "cpu", MetricKind.GAUGE, 1.0,
				"1", Map.of(), Map.of(), Map.of()));
		telemetry.count(project, List.of(TIME));
	}

	private static RejectedRecord rejected(RejectionReason reason, Instant time) {
		return new RejectedRecord(time, Transport.NATIVE, "log", reason, "/message is missing", "not-your-business",
				null, "{}");
	}

	private long bytes(String table) {
		return this.jdbc
			.sql("select sum(pg_total_relation_size(relid)) from pg_partition_tree(('signals.' || ?)::regclass)")
			.param(table)
			.query(Long.class)
			.single();
	}

	private JsonNode get(String path) {
		return JsonMapper.shared()
			.readTree(this.api.getRaw(path)
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody());
	}

	private static JsonNode item(JsonNode items, String field, String value) {
		for (JsonNode item : items) {
			if (item.get(field).asString().equals(value)) {
				return item;
			}
		}
		throw new AssertionError("no " + value);
	}

}
