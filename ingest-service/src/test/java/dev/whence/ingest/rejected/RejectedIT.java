package dev.whence.ingest.rejected;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.ingest.IngestApi;
import dev.whence.ingest.IngestApi.Answer;
import dev.whence.ingest.IngestTest;
import dev.whence.model.ProjectId;
import dev.whence.store.SignalPartitions;
import dev.whence.store.rejected.RejectedRecord;
import dev.whence.store.rejected.RejectedRecordFilter;
import dev.whence.store.rejected.RejectedRecordReader;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;
import dev.whence.testkit.postgres.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is not stored is counted and can be looked at, on a real PostgreSQL. */
@IngestTest
class RejectedIT {

	private static final String JSON = "application/json";

	@LocalServerPort
	int port;

	@Autowired
	RejectedRecordReader records;

	@Autowired
	MeterRegistry registry;

	@Autowired
	SignalPartitions partitions;

	IngestApi api;

	JdbcClient owner;

	String service;

	@BeforeEach
	void begin(@Autowired TestDatabase database) {
		this.api = new IngestApi(this.port);
		this.owner = JdbcClient
			.create(new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
		this.service = "rejected-" + UUID.randomUUID();
	}

	@Test
	void aRejectedLogIsListedWithItsReason() {
		double before = count("log", "invalid-field");
		assertThat(this.api.post("/ingest/logs", JSON, log(UUID.randomUUID(), "m").replace("2026", "never")).status())
			.isEqualTo(422);
		assertThat(count("log", "invalid-field") - before).isEqualTo(1);
		assertThat(listed(1)).singleElement().satisfies((record) -> {
			assertThat(record.transport()).isEqualTo(Transport.NATIVE);
			assertThat(record.signalType()).isEqualTo("log");
			assertThat(record.reason()).isEqualTo(RejectionReason.INVALID_FIELD);
			assertThat(record.message()).startsWith("timestamp must be");
			assertThat(record.signalId()).hasSize(36);
			assertThat(record.excerpt()).contains("never-11-21").contains(this.service);
		});
	}

	@Test
	void aConflictIsCountedAsSuchAndListed() {
		UUID id = UUID.randomUUID();
		double conflicts = outcome("conflict");
		double rejected = outcome("rejected");
		this.api.post("/ingest/logs", JSON, log(id, "first"));
		this.api.post("/ingest/logs", JSON, log(id, "second"));
		assertThat(outcome("conflict") - conflicts).isEqualTo(1);
		assertThat(outcome("rejected") - rejected).isZero();
		assertThat(listed(1)).singleElement().satisfies((record) -> {
			assertThat(record.reason()).isEqualTo(RejectionReason.CONFLICT);
			assertThat(record.signalId()).isEqualTo(id.toString());
			assertThat(record.excerpt()).contains("second");
		});
	}

	@Test
	void itemsOfABatchAreListedOneByOneUpToTwentyAndCountedAll() {
		double before = count("log", "invalid-field");
		double unlisted = unlisted();
		String bad = "{\"service_name\":\"%s\",\"level\":\"I\\u0000\\ud800\"}".formatted(this.service);
		Answer answer = this.api.post("/ingest/batch", JSON,
				IntStream.range(0, 500).mapToObj((_) -> bad).collect(Collectors.joining(",", "[", "]")));
		assertThat(answer.json().path("rejected").intValue()).isEqualTo(500);
		assertThat(count("log", "invalid-field") - before).isEqualTo(500);
		assertThat(listed(20)).hasSize(20)
			.allSatisfy((record) -> assertThat(record.transport()).isEqualTo(Transport.BATCH));
		assertThat(unlisted() - unlisted).isEqualTo(480);
	}

	@Test
	void aSpanOfZipkinIsListed() {
		this.api.post("/api/v2/spans", JSON, """
				[{"traceId":"1","id":"1","timestamp":9223372036854775807,"localEndpoint":{"serviceName":"%s"}},
				 {"traceId":"2","id":"2","timestamp":1768784524123456}]""".formatted(this.service));
		assertThat(listed(1)).singleElement().satisfies((record) -> {
			assertThat(record.transport()).isEqualTo(Transport.ZIPKIN);
			assertThat(record.message()).isEqualTo("timestamp is after the year 2262");
			assertThat(record.excerpt()).startsWith("{\"traceId\":\"1\"").endsWith("}}");
		});
	}

	@Test
	void whatWasIgnoredInARequestThatIsTakenIsListedButNotCounted() {
		double before = outcome("rejected");
		assertThat(
				this.api.post("/v1/traces", JSON, "{\"resourceLogs\":[{\"schemaUrl\":\"%s\"}]}".formatted(this.service))
					.status())
			.isEqualTo(200);
		Awaitility.await()
			.untilAsserted(() -> assertThat(all()).filteredOn((record) -> record.message().contains("resourceLogs"))
				.singleElement()
				.satisfies((record) -> {
					assertThat(record.transport()).isEqualTo(Transport.OTLP);
					assertThat(record.signalType()).isEqualTo("trace");
					assertThat(record.message()).contains("/v1/logs takes it");
					assertThat(record.excerpt()).contains(this.service);
				}));
		assertThat(outcome("rejected")).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "/ingest/logs|application/json|{|400|malformed|log",
			"/ingest/metrics|text/plain|x|415|unsupported-type|metric",
			"/ingest/batch|application/json|{}|400|malformed|unknown", "/v1/logs|application/json|{|400|malformed|log",
			"/v1/traces|application/x-protobuf|zz|400|malformed|trace",
			"/v1/metrics|text/xml|x|415|unsupported-type|metric",
			"/api/v2/spans|application/json|x|400|malformed|trace",
			"/ingest/traces|application/json|BIG|413|too-large|trace" })
	void aBodyThatIsRefusedAsAWholeIsCountedOnceAndListed(String path, String contentType, String body, int status,
			String reason, String type) {
		double before = outcome("rejected");
		double ofReason = count(type, reason);
		byte[] bytes = body.equals("BIG") ? new byte[5 * 1024 * 1024]
				: body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
		int rows = all().size();
		assertThat(this.api.post(path, contentType, bytes).status()).isEqualTo(status);
		assertThat(outcome("rejected") - before).isEqualTo(1);
		assertThat(count(type, reason) - ofReason).isEqualTo(1);
		Awaitility.await().untilAsserted(() -> assertThat(all()).hasSize(rows + 1));
		assertThat(all().getFirst().reason().wireName()).isEqualTo(reason);
		assertThat(all().getFirst().signalType()).isEqualTo(type);
	}

	@Test
	void whenTheListCannotBeWrittenTheAnswersStayTheSame() {
		double failed = counter("whence.ingest.rejected.unlisted", "cause", "failed");
		this.owner.sql("alter table signals.rejected_record rename to hidden").update();
		try {
			assertThat(this.api.post("/ingest/batch", JSON, "[{\"level\":1}," + log(UUID.randomUUID(), "good") + "]")
				.json()
				.path("accepted")
				.intValue()).isEqualTo(1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(counter("whence.ingest.rejected.unlisted", "cause", "failed") - failed)
					.isEqualTo(1));
		}
		finally {
			this.owner.sql("alter table signals.hidden rename to rejected_record").update();
		}
	}

	@Test
	void afterSevenDaysADayIsDroppedWhole() {
		this.owner.sql("""
				create table signals.rejected_record_20200101 partition of signals.rejected_record
				for values from ('2020-01-01Z') to ('2020-01-02Z')""").update();
		this.owner.sql("""
				insert into signals.rejected_record (received_at, project_id, transport, signal_type, reason, message)
				select t, 1, 'native', 'log', 'malformed', 'old' from
				unnest(array['2020-01-01T05:00Z', '2019-01-01T05:00Z']::timestamptz[]) t""").update();
		this.partitions.makeAhead();
		this.partitions.deleteExpired();
		assertThat(all()).extracting(RejectedRecord::message).doesNotContain("old");
		assertThat(this.owner.sql("""
				select relname from pg_class where relname like 'rejected_record_2%' and relkind = 'r' order by 1
				""").query(String.class).list()).hasSizeBetween(10, 12).doesNotContain("rejected_record_20200101");
	}

	@Test
	void theMetricsAreShownToPrometheus() {
		this.api.post("/ingest/logs", JSON, "{");
		this.api.post("/ingest/logs", JSON, log(UUID.randomUUID(), "good"));
		assertThat(this.api.get("/metrics").body()).contains("whence_ingest_signals_total")
			.containsPattern("outcome=\"rejected\",reason=\"malformed\",type=\"log\"")
			.containsPattern("outcome=\"stored\",reason=\"none\",type=\"log\"");
	}

	private List<RejectedRecord> listed(int count) {
		RejectedRecordFilter filter = new RejectedRecordFilter(null, this.service, null, null, null);
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.records.count(ProjectId.DEFAULT, filter, 1000))
				.isGreaterThanOrEqualTo(count));
		return this.records.search(ProjectId.DEFAULT, filter, 1000, 0);
	}

	private List<RejectedRecord> all() {
		return this.records.search(ProjectId.DEFAULT, new RejectedRecordFilter(null, null, null, null, null), 1000, 0);
	}

	private String log(UUID id, String message) {
		return """
				{"signal_id":"%s","trace_id":"t","service_name":"%s","timestamp":"2026-11-21T00:20:14Z","level":"INFO",\
				"message":"%s"}""".formatted(id, this.service, message);
	}

	private double count(String type, String reason) {
		return this.registry.find("whence.ingest.signals")
			.tags("type", type, "outcome", "rejected", "reason", reason)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private double outcome(String outcome) {
		return counter("whence.ingest.signals", "outcome", outcome);
	}

	private double unlisted() {
		return counter("whence.ingest.rejected.unlisted", "cause", "sampled");
	}

	private double counter(String name, String tag, String value) {
		return this.registry.find(name)
			.tag(tag, value)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
