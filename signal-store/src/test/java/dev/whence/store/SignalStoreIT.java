package dev.whence.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import dev.whence.store.outbox.Outbox;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.testkit.postgres.WithPostgres;
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

/** The promises of the store, and what only a database can promise, on PostgreSQL. */
@SpringBootTest(properties = { "whence.signal-store.migrate=true", "spring.flyway.enabled=false" })
@WithPostgres
public class SignalStoreIT extends SignalStoreKit {

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

	@Override
	SignalWriter writer() {
		return this.writer;
	}

	@Override
	SignalReader reader() {
		return this.reader;
	}

	@Override
	List<OutboxMessage> takeAnnounced() {
		List<OutboxMessage> sent = new ArrayList<>();
		this.outbox.drain(1000, sent::addAll);
		return sent;
	}

	@Test
	void evidenceStaysWhenItsTelemetryHasEnded() {
		TraceId trace = new TraceId("req-" + UUID.randomUUID());
		List<Signal> signals = List.of(log(UUID.randomUUID(), trace, TIME), span(trace, TIME.plusNanos(1)),
				point(trace, TIME.plusNanos(2)));
		this.writer.write(this.project, signals.stream().map((signal) -> submission(signal, true)).toList());
		List<UUID> ids = signals.stream().map(Signal::signalId).toList();
		assertThat(this.kept.find(this.project, ids)).isEmpty();
		List<KeptSignals.Reference> references = signals.stream().map(KeptSignals.Reference::to).toList();
		this.kept.keep(this.project, references);
		this.kept.keep(this.project, references);
		this.kept.keep(this.project, List.of(KeptSignals.Reference.to(log(UUID.randomUUID(), trace, TIME))));
		assertThat(this.kept.find(this.project, ids)).isEqualTo(signals);
		assertThat(this.kept.find(new ProjectId(77), ids)).isEmpty();
	}

	@Test
	void aMessageThatTheWireDidNotTakeStaysInTheOutbox() {
		TraceId trace = new TraceId("kept-" + UUID.randomUUID());
		Signal signal = log(UUID.randomUUID(), trace, TIME);
		this.writer.write(this.project, List.of(new Submission(signal, new Problem(signal.signalId(), SignalType.LOG,
				trace, "payment", TIME, Severity.HIGH, "f1", "Payment failed"), true, 1)));
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

	private String partitionOf(Signal signal) {
		return this.jdbc.sql("select tableoid::regclass::text from signals.log_record where signal_id = ?")
			.param(signal.signalId())
			.query(String.class)
			.single();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		@Bean
		ProblemAnnouncer announcer() {
			return ANNOUNCER;
		}

	}

}
