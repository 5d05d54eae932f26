package dev.whence.store.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.whence.model.LogRecord;
import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import dev.whence.store.SignalPartitions;
import dev.whence.store.SignalStoreIT;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.retention.Retention;
import dev.whence.store.rollup.Call;
import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many callers, few commits. The callers are patient: one that gave up on a busy machine
 * would repeat what is stored already and count it as a duplicate.
 */
@SpringBootTest(classes = SignalStoreIT.Application.class,
		properties = { "whence.signal-store.migrate=true", "whence.signal-store.writing.patience=30s" })
@WithPostgres
class GroupCommitIT {

	@Autowired
	SignalWriter writer;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	DataSource dataSource;

	@Autowired
	SignalPartitions partitions;

	@Autowired
	Retention retention;

	@BeforeEach
	void nothingHasChangedLately() {
		this.partitions.makeAhead();
		this.jdbc.sql("update signals.retention set changed_at = '-infinity'").update();
		this.partitions.makeAhead();
		assertThat(this.retention.changedLately()).as("it would look before it copies").isFalse();
	}

	@Test
	void callersThatComeTogetherShareCommits() throws Exception {
		long before = commits();
		List<List<WriteOutcome>> answers = together(400,
				(i) -> this.writer.write(ProjectId.DEFAULT, batch("share", 1)));
		assertThat(answers).allSatisfy((outcomes) -> assertThat(outcomes).containsExactly(WriteOutcome.STORED));
		assertThat(commits() - before).isLessThan(300);
	}

	@Test
	void whatCannotBeStoredFailsAlone() throws Exception {
		List<Submission> good = batch("good-neighbour", 5);
		List<Submission> bad = List.of(submission(log("bad", "a NUL \0 that nobody replaced", Instant.now())));
		List<Boolean> answers = together(60, (i) -> {
			if (i % 10 == 3) {
				try {
					this.writer.write(ProjectId.DEFAULT, bad);
					return false;
				}
				catch (DataAccessException ex) {
					return !Commit.isTransient(ex);
				}
			}
			return this.writer.write(ProjectId.DEFAULT, (i == 0) ? good : batch("good", 3)).size() > 0;
		});
		assertThat(answers).doesNotContain(false);
		assertThat(stored("good-neighbour")).isEqualTo(5);
		assertThat(stored("bad")).isZero();
	}

	@Test
	void aBatchOfWhichAPartIsKnownStoresTheRest() {
		List<Submission> all = batch("partly", 1000);
		this.writer.write(ProjectId.DEFAULT, all.subList(200, 500));
		List<WriteOutcome> outcomes = this.writer.write(ProjectId.DEFAULT, all);
		assertThat(outcomes.subList(200, 500)).containsOnly(WriteOutcome.DUPLICATE);
		assertThat(outcomes).filteredOn(WriteOutcome.STORED::equals).hasSize(700);
		assertThat(stored("partly")).isEqualTo(1000);
	}

	@Test
	void aReplayAfterAReplayIsRecognisedToo() {
		List<Submission> all = batch("again", 3000);
		assertThat(this.writer.write(ProjectId.DEFAULT, all)).containsOnly(WriteOutcome.STORED);
		for (int i = 0; i < 3; i++) {
			assertThat(this.writer.write(ProjectId.DEFAULT, all)).containsOnly(WriteOutcome.DUPLICATE);
		}
		assertThat(this.writer.write(ProjectId.DEFAULT, batch("again", 10))).as("and new ones are still new")
			.containsOnly(WriteOutcome.STORED);
		assertThat(stored("again")).isEqualTo(3010);
	}

	@Test
	void overlappingBatchesInOppositeOrdersDoNotWaitForEachOtherForever() throws Exception {
		List<Submission> all = batch("opposite", 600);
		List<List<WriteOutcome>> answers = together(24, (i) -> {
			List<Submission> mine = new ArrayList<>(all.subList((i % 6) * 50, 350 + (i % 6) * 50));
			if (i % 2 == 0) {
				Collections.reverse(mine);
			}
			return retried(mine, new AtomicBoolean());
		});
		assertThat(answers.stream().flatMap(List::stream).filter(WriteOutcome.STORED::equals)).hasSize(600);
		assertThat(stored("opposite")).isEqualTo(600);
	}

	@Test
	void connectionsThatBreakInTheMiddleCostARetryAndNoSignal() throws Exception {
		AtomicBoolean broken = new AtomicBoolean();
		AtomicBoolean done = new AtomicBoolean();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> breaker = executor.submit(() -> {
				while (!done.get()) {
					breakConnections();
				}
			});
			List<List<WriteOutcome>> answers = together(200, (i) -> retried(batch("broken", 20), broken));
			done.set(true);
			breaker.get();
			assertThat(broken).as("some connection was broken").isTrue();
			assertThat(answers).hasSize(200);
			// The pool may still hand out a connection that was broken last.
			Awaitility.await()
				.ignoreExceptionsInstanceOf(DataAccessException.class)
				.untilAsserted(() -> assertThat(stored("broken")).isEqualTo(4000));
		}
	}

	private void breakConnections() {
		try {
			this.jdbc.sql("""
					select pg_terminate_backend(pid) from pg_stat_activity
					where pid <> pg_backend_pid() and datname = current_database()
					  and (query like 'copy %' or query like 'insert into signals.%')
					""").query(Boolean.class).list();
		}
		catch (DataAccessException _) {
			// It was handed one that it broke itself.
		}
	}

	@Test
	void aCommitThatHangsKeepsNobodyElseWaiting() throws Exception {
		LogRecord contested = log("contested", "order accepted", Instant.now());
		try (Connection rival = this.dataSource.getConnection();
				var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			rival.setAutoCommit(false);
			insert(rival, contested);
			Future<List<WriteOutcome>> waiting = executor
				.submit(() -> this.writer.write(ProjectId.DEFAULT, List.of(submission(contested))));
			Awaitility.await().until(this::somebodyWaitsForTheRival);
			assertThat(this.writer.write(ProjectId.DEFAULT, batch("uncontested", 1)))
				.containsExactly(WriteOutcome.STORED);
			assertThat(waiting).as("the first still hangs").isNotDone();
			rival.rollback();
			assertThat(waiting.get()).containsExactly(WriteOutcome.STORED);
		}
	}

	@Test
	void anErrorComesBackAfterItsLogIsGoneAndItsProblemIsNot() {
		LogRecord log = log("outlived", "Payment failed", Instant.now());
		Problem problem = new Problem(log.signalId(), SignalType.LOG, log.traceId(), log.serviceName(), log.timestamp(),
				Severity.HIGH, "f1", "Payment failed");
		Submission error = new Submission(log, problem, false, 1);
		this.writer.write(ProjectId.DEFAULT, List.of(error));
		this.jdbc.sql("""
				do $$ begin
				    perform set_config('whence.expiry', 'on', true);
				    delete from signals.log_record where service = 'outlived';
				end $$
				""").update();
		assertThat(stored("outlived")).isZero();
		this.jdbc.sql("delete from signals.outbox").update();
		List<Submission> again = new ArrayList<>(batch("outlived", 2));
		again.add(1, error);
		assertThat(this.writer.write(ProjectId.DEFAULT, again)).containsOnly(WriteOutcome.STORED);
		assertThat(stored("outlived")).isEqualTo(3);
		assertThat(this.jdbc.sql("select count(*) from signals.outbox").query(Long.class).single())
			.as("the problem is not new")
			.isZero();
	}

	private boolean somebodyWaitsForTheRival() {
		return this.jdbc.sql("select exists (select from pg_locks where locktype = 'transactionid' and not granted)")
			.query(Boolean.class)
			.single();
	}

	private static void insert(Connection connection, LogRecord log) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("""
				insert into signals.log_record (time, received, signal_id, project_id, retention_days, service, level,
				                                message, attributes)
				values (?, 0, ?, ?, 30, 'rival', 'INFO', '', '{}')
				""")) {
			statement.setLong(1, EpochNanos.toLong(log.timestamp()));
			statement.setObject(2, log.signalId());
			statement.setInt(3, ProjectId.DEFAULT.value());
			statement.executeUpdate();
		}
	}

	private List<WriteOutcome> retried(List<Submission> batch, AtomicBoolean failed) {
		while (true) {
			try {
				return this.writer.write(ProjectId.DEFAULT, batch);
			}
			catch (DataAccessException ex) {
				assertThat(Commit.isTransient(ex)).as(ex.toString()).isTrue();
				failed.set(true);
			}
		}
	}

	private static <T> List<T> together(int callers, Call<T> call) throws Exception {
		List<Callable<T>> calls = IntStream.range(0, callers).<Callable<T>>mapToObj((i) -> () -> call.with(i)).toList();
		List<T> answers = new ArrayList<>();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<T> answer : executor.invokeAll(calls)) {
				answers.add(answer.get());
			}
		}
		return answers;
	}

	private long commits() {
		return this.jdbc.sql("select pg_current_xact_id()::text::bigint").query(Long.class).single();
	}

	private long stored(String service) {
		return this.jdbc.sql("select count(*) from signals.log_record where service = ?")
			.param(service)
			.query(Long.class)
			.single();
	}

	private static List<Submission> batch(String service, int size) {
		return IntStream.range(0, size)
			.mapToObj((i) -> submission(log(service, "order " + i + " accepted", Instant.now().plusNanos(i))))
			.toList();
	}

	private static Submission submission(LogRecord log) {
		return new Submission(log, null, false, log.signalId().getLeastSignificantBits());
	}

	private static LogRecord log(String service, String message, Instant time) {
		return new LogRecord(UUID.randomUUID(), new TraceId("t-" + UUID.randomUUID()), null, service, time, "INFO",
				message, Map.of("n", 1), Map.of(), Map.of());
	}

	private interface Call<T> {

		T with(int number) throws Exception;

	}

}
