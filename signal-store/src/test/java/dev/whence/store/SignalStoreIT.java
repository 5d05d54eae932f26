package dev.whence.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.outbox.Outbox;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.testkit.postgres.WithPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The promises of the store, on a real PostgreSQL. */
@SpringBootTest(properties = { "whence.signal-store.migrate=true", "spring.flyway.enabled=false" })
@WithPostgres
public class SignalStoreIT {

	private static final ProjectId PROJECT = ProjectId.DEFAULT;

	private static final Instant TIME = Instant.parse("2026-03-01T10:00:00.123456789Z");

	@Autowired
	SignalWriter writer;

	@Autowired
	SignalReader reader;

	@Autowired
	KeptSignals kept;

	@Autowired
	Outbox outbox;

	@Autowired
	SignalPartitions partitions;

	@Autowired
	JdbcClient jdbc;

	@Test
	void evidenceStaysWhenItsTelemetryHasEnded() {
		TraceId trace = new TraceId("req-" + UUID.randomUUID());
		List<Signal> signals = List.of(log(UUID.randomUUID(), trace, TIME), span(trace, TIME.plusNanos(1)),
				point(trace, TIME.plusNanos(2)));
		this.writer.write(PROJECT, signals.stream().map((signal) -> submission(signal, true)).toList());
		List<UUID> ids = signals.stream().map(Signal::signalId).toList();
		assertThat(this.kept.find(PROJECT, ids)).isEmpty();
		List<KeptSignals.Reference> references = signals.stream().map(KeptSignals.Reference::to).toList();
		this.kept.keep(PROJECT, references);
		this.kept.keep(PROJECT, references);
		this.kept.keep(PROJECT, List.of(KeptSignals.Reference.to(log(UUID.randomUUID(), trace, TIME))));
		assertThat(this.kept.find(PROJECT, ids)).isEqualTo(signals);
		assertThat(this.kept.find(new ProjectId(77), ids)).isEmpty();
	}

	@Test
	void everyKindOfSignalComesBackAsItWasWritten() {
		TraceId trace = new TraceId("req-" + UUID.randomUUID());
		List<Signal> signals = List.of(log(UUID.randomUUID(), trace, TIME), span(trace, TIME.plusNanos(1)),
				point(trace, TIME.plusNanos(2)));
		this.writer.write(PROJECT, signals.stream().map((signal) -> submission(signal, true)).toList());
		assertThat(this.reader.ofTraces(PROJECT, List.of(trace), 10)).isEqualTo(signals);
	}

	@Test
	void aRepeatedSignalIsStoredOnce() {
		Signal signal = log(UUID.randomUUID(), new TraceId("repeat-" + UUID.randomUUID()), TIME);
		assertThat(write(signal, true)).isEqualTo(WriteOutcome.STORED);
		assertThat(write(signal, true)).isEqualTo(WriteOutcome.DUPLICATE);
		assertThat(write(signal, false)).isEqualTo(WriteOutcome.DUPLICATE);
		assertThat(stored(signal)).isEqualTo(1);
	}

	@Test
	void theFirstOfTwoContentsUnderOneIdStaysAlsoUnderAnotherTimestamp() {
		UUID id = UUID.randomUUID();
		TraceId trace = new TraceId("conflict-" + id);
		Signal first = log(id, trace, TIME);
		assertThat(write(first, true)).isEqualTo(WriteOutcome.STORED);
		assertThat(write(log(id, trace, TIME.plusSeconds(5)), true)).isEqualTo(WriteOutcome.CONFLICT);
		assertThat(this.reader.ofTraces(PROJECT, List.of(trace), 10)).containsExactly(first);
	}

	@Test
	void theSameIdTwiceInOneCallIsStoredOnce() {
		Signal signal = log(UUID.randomUUID(), new TraceId("twice-" + UUID.randomUUID()), TIME);
		assertThat(this.writer.write(PROJECT, List.of(submission(signal, true), submission(signal, true))))
			.containsExactly(WriteOutcome.STORED, WriteOutcome.DUPLICATE);
	}

	@Test
	void anotherProjectMayUseTheSameId() {
		Signal signal = log(UUID.randomUUID(), new TraceId("tenants-" + UUID.randomUUID()), TIME);
		assertThat(write(signal, true)).isEqualTo(WriteOutcome.STORED);
		assertThat(this.writer.write(new ProjectId(2), List.of(submission(signal, true))))
			.containsExactly(WriteOutcome.STORED);
		assertThat(this.reader.ofTraces(PROJECT, List.of(signal.traceId()), 10)).hasSize(1);
	}

	@Test
	void fiftyClientsWithTheSameSignalsInAnyOrderStoreEachOnce() throws Exception {
		TraceId trace = new TraceId("race-" + UUID.randomUUID());
		List<Submission> batch = IntStream.range(0, 40)
			.mapToObj((i) -> submission(log(UUID.randomUUID(), trace, TIME.plusNanos(i)), i % 2 == 0))
			.toList();
		List<Callable<List<WriteOutcome>>> clients = IntStream.range(0, 50)
			.<Callable<List<WriteOutcome>>>mapToObj((_) -> () -> {
				List<Submission> shuffled = new ArrayList<>(batch);
				Collections.shuffle(shuffled);
				return this.writer.write(PROJECT, shuffled);
			})
			.toList();
		List<WriteOutcome> outcomes = new ArrayList<>();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var answer : executor.invokeAll(clients)) {
				outcomes.addAll(answer.get());
			}
		}
		assertThat(outcomes).filteredOn(WriteOutcome.STORED::equals).hasSize(40);
		assertThat(outcomes).filteredOn(WriteOutcome.DUPLICATE::equals).hasSize(49 * 40);
		assertThat(this.reader.ofTraces(PROJECT, List.of(trace), 1000)).hasSize(40);
	}

	@Test
	void onlyProblemsThatWereNewlyStoredAreAnnounced() {
		this.outbox.drain(1000, (_) -> {
		});
		TraceId trace = new TraceId("announced-" + UUID.randomUUID());
		Signal signal = log(UUID.randomUUID(), trace, TIME);
		Problem problem = new Problem(signal.signalId(), SignalType.LOG, trace, "payment", TIME, Severity.HIGH, "f1",
				"Payment failed");
		Submission submission = new Submission(signal, problem, true, 1);
		this.writer.write(PROJECT, List.of(submission));
		this.writer.write(PROJECT, List.of(submission));
		List<OutboxMessage> sent = new ArrayList<>();
		this.outbox.drain(1000, sent::addAll);
		assertThat(sent).containsExactly(new OutboxMessage("test", trace.value(), "{}"));
		assertThat(this.reader.problems(PROJECT, ProblemSubject.of(problem), 10)).containsExactly(problem);
		assertThat(this.reader.byProblems(PROJECT, List.of(problem))).containsExactly(signal);
	}

	@Test
	void problemsAreReadFromEitherEndAndWithinARange() {
		String fingerprint = "f-" + UUID.randomUUID();
		List<Problem> problems = IntStream.range(0, 6)
			.mapToObj((i) -> new Problem(UUID.randomUUID(), SignalType.LOG, (i == 5) ? new TraceId("elsewhere") : null,
					"payment", TIME.plusSeconds(i), Severity.HIGH, fingerprint, "Payment failed"))
			.toList();
		problems.forEach((problem) -> this.writer.write(PROJECT, List
			.of(new Submission(log(problem.signalId(), problem.traceId(), problem.timestamp()), problem, true, 1))));
		ProblemSubject subject = new ProblemSubject(ProblemSubject.Kind.FINGERPRINT, fingerprint);
		assertThat(this.reader.problems(PROJECT, subject, 10)).as("without those of a trace")
			.isEqualTo(problems.subList(0, 5));
		assertThat(this.reader.problems(PROJECT, subject, 2)).isEqualTo(problems.subList(0, 2));
		assertThat(this.reader.latestProblems(PROJECT, subject, 2)).isEqualTo(problems.subList(3, 5));
		assertThat(this.reader.problems(PROJECT, subject, TIME.plusSeconds(1), TIME.plusSeconds(3), 10))
			.isEqualTo(problems.subList(1, 4));
	}

	@Test
	void aMessageThatTheWireDidNotTakeStaysInTheOutbox() {
		TraceId trace = new TraceId("kept-" + UUID.randomUUID());
		Signal signal = log(UUID.randomUUID(), trace, TIME);
		this.writer.write(PROJECT, List.of(new Submission(signal, new Problem(signal.signalId(), SignalType.LOG, trace,
				"payment", TIME, Severity.HIGH, "f1", "Payment failed"), true, 1)));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.outbox.drain(1000, (_) -> {
			throw new IllegalStateException("the wire is down");
		}));
		List<OutboxMessage> sent = new ArrayList<>();
		this.outbox.drain(1000, sent::addAll);
		assertThat(sent).extracting(OutboxMessage::key).contains(trace.value());
	}

	@Test
	void whatIsStoredCannotBeChangedOrDeleted() {
		write(log(UUID.randomUUID(), new TraceId("fixed-" + UUID.randomUUID()), TIME), true);
		for (String change : List.of("update signals.log_record set message = 'x'", "delete from signals.log_record",
				"truncate signals.log_record")) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.jdbc.sql(change).update())
				.withStackTraceContaining("append-only");
		}
	}

	@Test
	void partitionsAreMadeAheadAndRowsOfOtherTimesFallIntoTheDefault() {
		this.partitions.makeAhead();
		this.partitions.makeAhead();
		Signal today = log(UUID.randomUUID(), new TraceId("today-" + UUID.randomUUID()), Instant.now());
		Signal longAgo = log(UUID.randomUUID(), new TraceId("1970-" + UUID.randomUUID()), Instant.EPOCH);
		write(today, true);
		write(longAgo, true);
		assertThat(partitionOf(today)).startsWith("signals.log_record_30d_2");
		assertThat(partitionOf(longAgo)).isEqualTo("signals.log_record_30d_default");
	}

	@Test
	void searchFiltersPagesAndCounts() {
		String service = "search-" + UUID.randomUUID();
		TraceId trace = new TraceId(service);
		List<Signal> logs = IntStream.range(0, 5)
			.<Signal>mapToObj((i) -> new LogRecord(UUID.randomUUID(), trace, null, service, TIME.plusSeconds(i), "INFO",
					"message " + i, Map.of(), Map.of(), Map.of()))
			.toList();
		logs.forEach((signal) -> write(signal, true));
		SignalFilter filter = new SignalFilter(null, service, SignalType.LOG, TIME.plusSeconds(1), TIME.plusSeconds(3));
		assertThat(this.reader.search(PROJECT, filter, 2, 1)).containsExactly(logs.get(2), logs.get(1));
		assertThat(this.reader.count(PROJECT, filter, 1000)).isEqualTo(3);
		assertThat(this.reader.count(PROJECT, filter, 2)).isEqualTo(2);
	}

	private WriteOutcome write(Signal signal, boolean idFromClient) {
		return this.writer.write(PROJECT, List.of(submission(signal, idFromClient))).getFirst();
	}

	private static Submission submission(Signal signal, boolean idFromClient) {
		return new Submission(signal, null, idFromClient, signal.hashCode());
	}

	private long stored(Signal signal) {
		return this.jdbc.sql("select count(*) from signals.log_record where signal_id = ?")
			.param(signal.signalId())
			.query(Long.class)
			.single();
	}

	private String partitionOf(Signal signal) {
		return this.jdbc.sql("select tableoid::regclass::text from signals.log_record where signal_id = ?")
			.param(signal.signalId())
			.query(String.class)
			.single();
	}

	private static LogRecord log(UUID id, @Nullable TraceId trace, Instant time) {
		Map<String, @Nullable Object> attributes = new java.util.LinkedHashMap<>();
		attributes.put("order_id", "o-1");
		attributes.put("retry", true);
		attributes.put("count", 3);
		attributes.put("nothing", null);
		attributes.put("nested", Map.of("list", List.of("a", "b")));
		return new LogRecord(id, trace, null, "payment", time, "ERROR", "Payment failed", attributes, Map.of(),
				Map.of());
	}

	private static Span span(TraceId trace, Instant time) {
		return new Span(UUID.randomUUID(), trace, "s2", "00f067aa0ba902b7", "payment", "POST /pay", SpanKind.SERVER,
				time, Duration.ofNanos(123_400_001), "ERROR", "declined", Map.of(), Map.of("service.version", "1.2"),
				Map.of("flags", 1));
	}

	private static MetricPoint point(TraceId trace, Instant time) {
		return new MetricPoint(UUID.randomUUID(), trace, "payment", time, "http_request_latency", MetricKind.GAUGE,
				2000.5, "ms", Map.of(), Map.of(), Map.of());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		@Bean
		ProblemAnnouncer announcer() {
			return (_, stored) -> stored.stream()
				.map((problem) -> new OutboxMessage("test", String.valueOf(problem.traceId()), "{}"))
				.toList();
		}

	}

}
