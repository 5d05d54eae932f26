package dev.whence.store.partition;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import dev.whence.model.LogRecord;
import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import dev.whence.store.RetentionChoices;
import dev.whence.store.SignalPartitions;
import dev.whence.store.SignalStoreIT;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.rejected.RejectedRecord;
import dev.whence.store.rejected.RejectedRecordFilter;
import dev.whence.store.rejected.RejectedRecordReader;
import dev.whence.store.rejected.RejectedRecordWriter;
import dev.whence.store.rejected.RejectionReason;
import dev.whence.store.rejected.Transport;
import dev.whence.store.retention.Retention;
import dev.whence.store.retention.RetentionProperties;
import dev.whence.store.table.Table;
import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What happens to telemetry as the days go by. */
@SpringBootTest(classes = SignalStoreIT.Application.class, properties = "whence.signal-store.migrate=true")
@WithPostgres
// Its choices would make the writer of the other tests look before it copies.
@DirtiesContext
class SignalPartitionsIT {

	private static final ProjectId SHORT_OF_SPACE = new ProjectId(7);

	@Autowired
	SignalWriter writer;

	@Autowired
	SignalPartitions partitions;

	@Autowired
	Retention retention;

	@Autowired
	RetentionChoices choices;

	@Autowired
	DataSource dataSource;

	@Autowired
	JdbcConnectionDetails connection;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	RejectedRecordWriter rejected;

	@Autowired
	RejectedRecordReader journal;

	private Instant expired = Instant.EPOCH;

	@AfterEach
	void forgetTheChoices() {
		this.jdbc.sql("delete from signals.retention").update();
		this.jdbc.sql("delete from signals.rejected_record").update();
		this.partitions.makeAhead();
	}

	@Test
	void aDayEndsWhenItHasBeenKeptLongEnough() {
		this.partitions.makeAhead();
		LogRecord log = log(Instant.now());
		write(ProjectId.DEFAULT, log);
		afterDays(31);
		assertThat(stored(log)).as("on the last day").isEqualTo(1);
		afterDays(32);
		assertThat(stored(log)).isZero();
		assertThat(this.jdbc.sql("select count(*) from signals.problem where signal_id = ?")
			.param(log.signalId())
			.query(Long.class)
			.single()).isZero();
		assertThat(this.jdbc.sql("select count(*) from signals.signal_key where signal_id = ?")
			.param(log.signalId())
			.query(Long.class)
			.single()).as("its id may be used again").isZero();
	}

	@Test
	void theJournalOfRejectedRecordsIsKeptForSevenDays() {
		this.partitions.makeAhead();
		Instant now = Instant.now();
		RejectedRecord today = rejected(now);
		RejectedRecord byALyingClock = rejected(Instant.parse("2001-01-01T00:00:00Z"));
		this.rejected.write(SHORT_OF_SPACE, List.of(today, byALyingClock));
		assertThat(this.jdbc.sql("""
				select tableoid::regclass::text from signals.rejected_record where project_id = 7 order by received_at
				""").query(String.class).list()).satisfiesExactly(
				(partition) -> assertThat(partition).isEqualTo("signals.rejected_record_default"),
				(partition) -> assertThat(partition).startsWith("signals.rejected_record_2"));
		deleteAfterDays(7);
		assertThat(journal()).extracting(RejectedRecord::receivedAt)
			.as("what lies in no day ends by its own time")
			.containsExactly(today.receivedAt());
		deleteAfterDays(9);
		assertThat(journal()).isEmpty();
	}

	@Test
	void whatWasRejectedBeforeItsPartitionWasMadeMovesIntoIt() {
		Instant future = Instant.now().plus(Duration.ofDays(40));
		this.rejected.write(SHORT_OF_SPACE, List.of(rejected(future)));
		maintenance(this.retention, () -> future).makeAhead();
		assertThat(journal()).hasSize(1);
		assertThat(this.jdbc.sql("select count(*) from signals.rejected_record_default where project_id = 7")
			.query(Long.class)
			.single()).isZero();
		this.rejected.write(SHORT_OF_SPACE, List.of(rejected(future)));
		assertThat(journal()).as("rows are numbered there too").hasSize(2);
	}

	@Test
	void whatElseEndsIsToldTheTime() {
		deleteAfterDays(3);
		assertThat(this.expired).isAfter(Instant.now().plus(Duration.ofDays(2)));
	}

	@Test
	void aProjectMayKeepItsLogsShorterThanTheOthers() {
		this.jdbc.sql("insert into signals.retention (project_id, signal_type, days) values (7, 0, 3)").update();
		this.partitions.makeAhead();
		LogRecord theirs = log(Instant.now());
		LogRecord ours = log(Instant.now());
		write(SHORT_OF_SPACE, theirs);
		write(ProjectId.DEFAULT, ours);
		assertThat(partitionOf(theirs)).startsWith("signals.log_record_3d_2");
		assertThat(partitionOf(ours)).startsWith("signals.log_record_30d_2");
		afterDays(5);
		assertThat(stored(theirs)).isZero();
		assertThat(stored(ours)).isEqualTo(1);
	}

	@Test
	void theChoiceOfProjectZeroCountsForAllThatMadeNone() {
		this.jdbc.sql("insert into signals.retention (project_id, signal_type, days) values (0, 0, 14), (7, 0, 3)")
			.update();
		this.partitions.makeAhead();
		assertThat(this.retention.days(ProjectId.DEFAULT, Table.LOG_RECORD)).isEqualTo(14);
		assertThat(this.retention.days(SHORT_OF_SPACE, Table.LOG_RECORD)).isEqualTo(3);
		assertThat(this.retention.days(SHORT_OF_SPACE, Table.SPAN)).isEqualTo(30);
	}

	@Test
	void whatAWildClockSentIsKeptAsLongAsEverythingElse() {
		this.partitions.makeAhead();
		LogRecord old = log(Instant.parse("1999-12-31T23:59:59Z"));
		LogRecord late = log(Instant.parse("2199-01-01T00:00:00Z"));
		write(ProjectId.DEFAULT, old);
		write(ProjectId.DEFAULT, late);
		assertThat(partitionOf(old)).isEqualTo("signals.log_record_30d_default");
		assertThat(partitionOf(late)).isEqualTo("signals.log_record_30d_default");
		afterDays(29);
		assertThat(stored(old)).isEqualTo(1);
		afterDays(32);
		assertThat(stored(old)).isZero();
		assertThat(stored(late)).isZero();
	}

	@Test
	void rowsThatCameBeforeTheirPartitionMoveIntoIt() {
		this.jdbc.sql("insert into signals.retention (project_id, signal_type, days) values (7, 0, 21)").update();
		this.retention.update(this.jdbc, Instant.now());
		LogRecord early = log(Instant.now());
		write(SHORT_OF_SPACE, early);
		assertThat(partitionOf(early)).isEqualTo("signals.log_record_default");
		this.partitions.makeAhead();
		assertThat(partitionOf(early)).startsWith("signals.log_record_21d_2");
		assertThat(stored(early)).isEqualTo(1);
	}

	@Test
	void aDayThatIsOverCanBeSearchedByService() {
		this.partitions.makeAhead();
		String partition = partitionOf(write(ProjectId.DEFAULT, log(Instant.now())));
		assertThat(indexes(partition)).noneMatch((index) -> index.endsWith("_service"));
		afterDays(2);
		String index = indexes(partition).stream()
			.filter((name) -> name.endsWith("_service"))
			.findFirst()
			.orElseThrow();
		this.jdbc.sql("update pg_index set indisvalid = false where indexrelid = ?::regclass").param(index).update();
		afterDays(2);
		assertThat(this.jdbc.sql("select indisvalid from pg_index where indexrelid = ?::regclass")
			.param(index)
			.query(Boolean.class)
			.single()).as("an attempt that was broken off is repeated").isTrue();
	}

	@Test
	void aRetryAfterAChangeOfRetentionIsStillADuplicate() {
		this.partitions.makeAhead();
		Submission fromOtlp = new Submission(log(Instant.now()), null, false, 1);
		assertThat(this.writer.write(SHORT_OF_SPACE, List.of(fromOtlp))).containsExactly(WriteOutcome.STORED);
		this.choices.choose(SHORT_OF_SPACE, SignalType.LOG, 3);
		this.partitions.makeAhead();
		assertThat(this.retention.days(SHORT_OF_SPACE, Table.LOG_RECORD)).isEqualTo(3);
		assertThat(this.writer.write(SHORT_OF_SPACE, List.of(fromOtlp))).containsExactly(WriteOutcome.DUPLICATE);
	}

	@Test
	void aChangeOfTheConfigurationIsNoticedWhateverReplicaMadeIt() {
		Replica replica = settledReplica();
		Retention elsewhere = new Retention(new RetentionProperties(7, 30, 30, 30), Table.ALL);
		maintenance(elsewhere, InstantSource.system()).makeAhead();
		assertThat(elsewhere.changedLately()).isTrue();
		replica.partitions().makeAhead();
		assertThat(replica.retention().changedLately()).isTrue();
	}

	@Test
	void aChoiceBetweenTheClassesIsKeptUntilTheNext() {
		this.choices.choose(SHORT_OF_SPACE, SignalType.TRACE, 8);
		assertThat(this.choices.of(SHORT_OF_SPACE)).containsEntry(SignalType.TRACE, 10)
			.containsEntry(SignalType.LOG, 30);
	}

	@Test
	void aChoiceThatWasDeletedOrMadeByHandIsAChangeToo() {
		this.choices.choose(SHORT_OF_SPACE, SignalType.LOG, 3);
		Replica replica = settledReplica();
		this.jdbc.sql("update signals.retention set days = 7 where project_id = 7").update();
		replica.partitions().makeAhead();
		assertThat(replica.retention().changedLately()).isTrue();
		replica = settledReplica();
		this.jdbc.sql("delete from signals.retention where project_id = 7").update();
		replica.partitions().makeAhead();
		assertThat(replica.retention().changedLately()).isTrue();
	}

	@Test
	void aTableThatIsReadForLongKeepsTheOthersNeitherFromTheirPartitionsNorFromTheirChoices() throws Exception {
		this.partitions.makeAhead();
		this.choices.choose(SHORT_OF_SPACE, SignalType.LOG, 5);
		this.choices.choose(SHORT_OF_SPACE, SignalType.METRIC, 5);
		try (Connection reader = this.dataSource.getConnection()) {
			reader.setAutoCommit(false);
			reader.createStatement().executeQuery("select count(*) from signals.log_record");
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(this.partitions::makeAhead);
			reader.rollback();
		}
		assertThat(this.retention.days(SHORT_OF_SPACE, Table.LOG_RECORD)).isEqualTo(5);
		assertThat(exists("metric_point_5d")).isTrue();
		assertThat(exists("log_record_5d")).isFalse();
		LogRecord waiting = write(SHORT_OF_SPACE, log(Instant.now()));
		assertThat(partitionOf(waiting)).isEqualTo("signals.log_record_default");
	}

	@Test
	void aSlowReaderDelaysAPartitionAndNobodyElse() throws Exception {
		this.partitions.makeAhead();
		this.jdbc.sql("insert into signals.retention (project_id, signal_type, days) values (7, 0, 10)").update();
		try (Connection reader = this.dataSource.getConnection();
				var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			reader.setAutoCommit(false);
			reader.createStatement().executeQuery("select count(*) from signals.log_record");
			Future<?> making = executor.submit(this.partitions::makeAhead);
			Awaitility.await().until(this::somebodyWaitsForTheReader);
			stored(log(Instant.now()));
			assertThat(making).isNotDone();
			reader.rollback();
			making.get();
		}
		assertThat(exists("log_record_10d")).isTrue();
	}

	@Test
	void tenReplicasMakeThePartitionsOnce() throws Exception {
		this.jdbc.sql("insert into signals.retention (project_id, signal_type, days) values (0, 1, 21)").update();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var done : executor.invokeAll(Collections.<Callable<Boolean>>nCopies(10, () -> {
				this.partitions.makeAhead();
				return true;
			}))) {
				assertThat(done.get()).isTrue();
			}
		}
		assertThat(this.jdbc.sql("select count(*) from pg_class where relname ~ '^span_21d_\\d+$'")
			.query(Long.class)
			.single()).as("the hour before, this one and five more").isEqualTo(7);
	}

	/** A replica in which nothing has changed lately. */
	private Replica settledReplica() {
		Retention own = new Retention(new RetentionProperties(30, 30, 30, 30), Table.ALL);
		Replica replica = new Replica(own, maintenance(own, InstantSource.system()));
		assertThat(own.changedLately()).as("before it has looked, anything may have").isTrue();
		replica.partitions().makeAhead();
		this.jdbc.sql("update signals.retention set changed_at = '-infinity'").update();
		replica.partitions().makeAhead();
		assertThat(own.changedLately()).isFalse();
		return replica;
	}

	private boolean exists(String table) {
		return this.jdbc.sql("select to_regclass(?) is not null")
			.param("signals." + table)
			.query(Boolean.class)
			.single();
	}

	private boolean somebodyWaitsForTheReader() {
		return this.jdbc.sql("select exists (select from pg_locks where mode = 'AccessExclusiveLock' and not granted)")
			.query(Boolean.class)
			.single();
	}

	/** Looks after the partitions with a clock that is so much ahead. */
	private void afterDays(int days) {
		InstantSource later = () -> Instant.now().plus(Duration.ofDays(days));
		SignalPartitions maintenance = maintenance(this.retention, later);
		maintenance.makeAhead();
		maintenance.deleteExpired();
		maintenance.indexClosedDays();
	}

	private void deleteAfterDays(int days) {
		maintenance(this.retention, () -> Instant.now().plus(Duration.ofDays(days))).deleteExpired();
	}

	private SignalPartitions maintenance(Retention retention, InstantSource clock) {
		return new PartitionMaintenance(new OwnerConnection(this.connection), Table.ALL, retention,
				(_, now) -> this.expired = now, clock);
	}

	private LogRecord write(ProjectId project, LogRecord log) {
		Problem problem = new Problem(log.signalId(), SignalType.LOG, log.traceId(), log.serviceName(), log.timestamp(),
				Severity.HIGH, "f1", "Payment failed");
		assertThat(this.writer.write(project, List.of(new Submission(log, problem, true, 1))))
			.containsExactly(WriteOutcome.STORED);
		return log;
	}

	private long stored(LogRecord log) {
		return this.jdbc.sql("select count(*) from signals.log_record where signal_id = ?")
			.param(log.signalId())
			.query(Long.class)
			.single();
	}

	private String partitionOf(LogRecord log) {
		return this.jdbc.sql("select tableoid::regclass::text from signals.log_record where signal_id = ?")
			.param(log.signalId())
			.query(String.class)
			.single();
	}

	private List<String> indexes(String table) {
		return this.jdbc.sql("select indexrelid::regclass::text from pg_index where indrelid = ?::regclass")
			.param(table)
			.query(String.class)
			.list();
	}

	private static LogRecord log(Instant time) {
		return new LogRecord(UUID.randomUUID(), new TraceId("day-" + UUID.randomUUID()), null, "payment", time, "ERROR",
				"Payment failed", Map.of(), Map.of(), Map.of());
	}

	private List<RejectedRecord> journal() {
		return this.journal.search(SHORT_OF_SPACE, new RejectedRecordFilter(null, null, null, null, null), 10, 0);
	}

	private static RejectedRecord rejected(Instant time) {
		return new RejectedRecord(time.truncatedTo(ChronoUnit.MICROS), Transport.NATIVE, "log",
				RejectionReason.MALFORMED, "no JSON", null, null, null);
	}

	private record Replica(Retention retention, SignalPartitions partitions) {
	}

}
