package dev.whence.store.commit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.whence.model.ProjectId;
import dev.whence.store.SignalPartitions;
import dev.whence.store.SignalStoreIT;
import dev.whence.store.SignalWriter;
import dev.whence.store.WriteOutcome;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.partition.PartitionMaintenance;
import dev.whence.store.retention.Retention;
import dev.whence.store.retention.RetentionProperties;
import dev.whence.store.rollup.RollupProperties;
import dev.whence.store.table.Lifetime;
import dev.whence.store.table.Table;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What another append-only table takes: a constant, an encoder and a migration. Once it
 * has these its rows share commits, are stored once, lie in partitions of their day and
 * end when they have been kept long enough.
 */
@SpringBootTest(classes = SignalStoreIT.Application.class, properties = "whence.signal-store.migrate=true")
@WithPostgres
// Its tables and choices are not there for the other tests.
@DirtiesContext
class OwnTableIT {

	private static final ProjectId PROJECT = ProjectId.DEFAULT;

	/** The constant. Its key is not that of a signal: a run, and the hash of an event. */
	private static final Table STEP = new Table("step",
			"time int8, received int8, project_id int4, retention_days int2, run_id text, event_hash int8, note text",
			"time, project_id, run_id, event_hash", Lifetime.chosen(17).searchedBy("run", "project_id, run_id"));

	private static final List<Table> TABLES = Stream.concat(Table.ALL.stream(), Stream.of(STEP)).toList();

	/** The migration. */
	private static final String MIGRATION = """
			create table signals.step (
			    time            bigint not null,
			    received        bigint not null,
			    project_id      integer not null,
			    retention_days  smallint not null,
			    run_id          text not null,
			    event_hash      bigint not null,
			    note            text not null,
			    primary key (time, project_id, run_id, event_hash, retention_days)
			) partition by list (retention_days);
			create table signals.step_default partition of signals.step default;
			create trigger append_only before update or delete on signals.step
			    for each row execute function signals.refuse_change();
			alter table signals.retention drop constraint if exists retention_signal_type_check;
			""";

	/** The encoder. */
	private static Bundle step(Instant time, String run, String note) {
		long nanos = EpochNanos.toLong(time);
		Key key = Key.of(nanos, PROJECT.value(), run, (long) note.hashCode());
		Entry entry = new Entry(STEP, key, note.hashCode(), (stamp, row) -> {
			row.putLong(nanos);
			row.putLong(stamp.received());
			row.putInt(PROJECT.value());
			row.putShort(stamp.days(PROJECT, STEP));
			row.putText(run);
			row.putLong(note.hashCode());
			row.putText(note);
		}, (news) -> news.touched(PROJECT, time));
		return Bundle.of(entry);
	}

	@Autowired
	DataSource dataSource;

	@Autowired
	JdbcConnectionDetails connection;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	SignalWriter migrated;

	private Retention retention;

	private SharedCommits commits;

	@BeforeEach
	void migrate() {
		this.jdbc.sql(MIGRATION).update();
		this.retention = new Retention(new RetentionProperties(30, 30, 30, 30), TABLES);
		this.commits = new SharedCommits(
				new Commit(this.dataSource, this.retention, (_, _) -> List.of(), new TouchedMinutes((_, _) -> List.of(),
						new RollupProperties(Duration.ofDays(30), Duration.ofMinutes(10)), InstantSource.system()),
						InstantSource.system()),
				new WritingProperties(2, 5_000, DataSize.ofMegabytes(32), Duration.ofSeconds(5)));
		partitions(InstantSource.system()).makeAhead();
	}

	@AfterEach
	void drop() throws InterruptedException {
		this.commits.destroy();
		this.jdbc.sql("drop table signals.step").update();
		this.jdbc.sql("delete from signals.retention").update();
	}

	@Test
	void aRowIsStoredOnceAlsoWhenItComesAgainWithNewOnes() {
		Instant now = Instant.now();
		Bundle first = step(now, "run-1", "took the first way");
		assertThat(this.commits.write(List.of(first))).containsExactly(WriteOutcome.STORED);
		assertThat(this.commits.write(List.of(first))).containsExactly(WriteOutcome.DUPLICATE);
		assertThat(this.commits
			.write(List.of(step(now, "run-2", "took the first way"), first, step(now, "run-1", "and another"))))
			.containsExactly(WriteOutcome.STORED, WriteOutcome.DUPLICATE, WriteOutcome.STORED);
		assertThat(stored()).isEqualTo(3);
	}

	@Test
	void manyWritersOfTheSameRowsStoreEachOnce() throws Exception {
		Instant now = Instant.now();
		List<Bundle> steps = IntStream.range(0, 200)
			.mapToObj((i) -> step(now.plusNanos(i % 7), "run", "n" + i))
			.toList();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<List<WriteOutcome>>> calls = IntStream.range(0, 20)
				.<Callable<List<WriteOutcome>>>mapToObj(
						(i) -> () -> this.commits.write((i % 2 == 0) ? steps : steps.reversed()))
				.toList();
			long fresh = 0;
			for (var answer : executor.invokeAll(calls)) {
				fresh += answer.get().stream().filter(WriteOutcome.STORED::equals).count();
			}
			assertThat(fresh).isEqualTo(200);
		}
		assertThat(stored()).isEqualTo(200);
	}

	@Test
	void alsoMoreRowsThanGoInOneMessageAreStored() {
		Instant now = Instant.now();
		List<Bundle> steps = IntStream.range(0, 3_000).mapToObj((i) -> step(now, "run", "n" + i)).toList();
		assertThat(this.commits.write(steps)).containsOnly(WriteOutcome.STORED);
		assertThat(stored()).isEqualTo(3_000);
	}

	@Test
	void itsRowsLieInPartitionsOfTheirDaysAndEndWithThem() {
		this.jdbc.sql("insert into signals.retention (project_id, signal_type, days) values (:project, 17, 5)")
			.param("project", PROJECT.value())
			.update();
		partitions(InstantSource.system()).makeAhead();
		this.commits.write(List.of(step(Instant.now(), "run", "today"), step(Instant.EPOCH, "run", "by a wild clock")));
		assertThat(this.jdbc.sql("select tableoid::regclass::text from signals.step order by time")
			.query(String.class)
			.list()).satisfiesExactly((wild) -> assertThat(wild).isEqualTo("signals.step_5d_default"),
					(today) -> assertThat(today).matches("signals\\.step_5d_\\d{8}"));
		afterDays(5);
		assertThat(stored()).isEqualTo(2);
		assertThat(this.jdbc.sql("select count(*) from pg_class where relname ~ '^step_5d_\\d{8}_run$'")
			.query(Long.class)
			.single()).as("a day that is over can be searched").isPositive();
		afterDays(7);
		assertThat(stored()).isZero();
	}

	@Test
	void aChoiceThatOnlyANewerReleaseUnderstandsIsPassedOver() {
		this.jdbc.sql("insert into signals.retention (project_id, signal_type, days) values (:project, 99, 5)")
			.param("project", PROJECT.value())
			.update();
		partitions(InstantSource.system()).makeAhead();
		assertThat(this.retention.days(PROJECT, STEP)).isEqualTo(30);
	}

	private void afterDays(int days) {
		SignalPartitions later = partitions(() -> Instant.now().plus(Duration.ofDays(days)));
		later.makeAhead();
		later.deleteExpired();
		later.indexClosedDays();
	}

	private SignalPartitions partitions(InstantSource clock) {
		return new PartitionMaintenance(new OwnerConnection(this.connection), TABLES, this.retention, (_, _) -> {
		}, clock);
	}

	private long stored() {
		return this.jdbc.sql("select count(*) from signals.step").query(Long.class).single();
	}

}
