package dev.whence.store.compact;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import dev.whence.store.SignalStoreIT;
import dev.whence.store.WriteOutcome;
import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Hours that end while others write, read, repeat themselves and break off. */
@SpringBootTest(classes = SignalStoreIT.Application.class, properties = "whence.signal-store.migrate=true")
@WithPostgres
class CompactionIT {

	@Autowired
	BeanFactory beans;

	@Autowired
	SignalReader reader;

	@Autowired
	JdbcClient jdbc;

	private ClosingBed bed;

	@BeforeEach
	void open() {
		this.bed = new ClosingBed(this.beans);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.bed.close();
	}

	@Test
	void whoeverReadsSeesEachSignalOnceWhileItsHourIsClosed() throws Exception {
		List<Signal> signals = ClosingBed.signals(11, 4_000);
		this.bed.write(signals);
		AtomicBoolean closed = new AtomicBoolean();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> readers = IntStream.range(0, 3).mapToObj((_) -> executor.submit(() -> {
				int looks = 0;
				boolean last;
				do {
					last = closed.get();
					assertThat(this.bed.all()).hasSize(signals.size());
					looks++;
				}
				while (!last);
				return looks;
			})).toList();
			this.bed.compactor().closeWhatIsOver();
			closed.set(true);
			for (Future<Integer> one : readers) {
				assertThat(one.get()).isPositive();
			}
		}
		assertThat(this.bed.openRows()).isZero();
		assertThat(this.bed.all()).isEqualTo(ClosingBed.ordered(signals));
	}

	@Test
	void whoeverRepeatsWhatIsBeingClosedStoresNothingTwice() throws Exception {
		List<Signal> signals = ClosingBed.signals(12, 3_000);
		this.bed.write(signals.subList(0, 2_000));
		AtomicBoolean done = new AtomicBoolean();
		AtomicInteger stored = new AtomicInteger();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> writers = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				writers.add(executor.submit(() -> {
					for (int round = 0; round < 6; round++) {
						List<Signal> some = new ArrayList<>(signals);
						Collections.shuffle(some);
						for (int from = 0; from < some.size(); from += 500) {
							stored.addAndGet((int) this.bed.write(some.subList(from, from + 500))
								.stream()
								.filter(WriteOutcome.STORED::equals)
								.count());
						}
					}
				}));
			}
			Future<?> closing = executor.submit(() -> {
				while (!done.get()) {
					this.bed.compactor().closeWhatIsOver();
				}
			});
			for (Future<?> one : writers) {
				one.get();
			}
			done.set(true);
			closing.get();
		}
		assertThat(stored).as("those that were not there").hasValue(1_000);
		this.bed.compactor().closeWhatIsOver();
		assertThat(this.bed.all()).isEqualTo(ClosingBed.ordered(signals));
	}

	@Test
	void aCompactionThatIsKilledAtAnyMomentLosesAndDoublesNothing() throws Exception {
		List<Signal> signals = ClosingBed.signals(13, 6_000);
		this.bed.write(signals);
		int broken = 0;
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int round = 0; round < 30; round++) {
				Future<Boolean> closing = executor.submit(() -> {
					try {
						return this.bed.compactor().closeWhatIsOver() > 0;
					}
					catch (DataAccessException ex) {
						return false;
					}
				});
				Awaitility.await()
					.pollInterval(Duration.ofMillis(2))
					.until(() -> this.bed.isUnderWay() || closing.isDone());
				Thread.sleep(ThreadLocalRandom.current().nextInt(1 + 20 * round));
				this.jdbc.sql("select pg_terminate_backend(pid) from pg_locks where " + ClosingBed.COMPACTING)
					.query()
					.listOfRows();
				if (!closing.get() && this.bed.openRows() > 0) {
					broken++;
				}
				if (round % 6 == 0) {
					assertThat(this.bed.all()).hasSize(signals.size());
				}
			}
		}
		assertThat(broken).as("compactions that were broken off").isPositive();
		this.bed.compactor().closeWhatIsOver();
		assertThat(this.bed.openRows()).isZero();
		assertThat(this.bed.all()).isEqualTo(ClosingBed.ordered(signals));
	}

	@Test
	void anHourThatIsBeingVacuumedIsNotBegunAndTheOthersAreClosed() throws Exception {
		// What other tests left.
		this.bed.compactor().closeWhatIsOver();
		this.bed.makeHours();
		List<Signal> signals = ClosingBed.signals(16, 500);
		this.bed.write(signals);
		long rows = this.bed.openRows();
		String partition = this.jdbc
			.sql("select min(tableoid::regclass::text) from signals.log_record where project_id = :project")
			.param("project", this.bed.project().value())
			.query(String.class)
			.single();
		long left;
		try (Connection vacuum = this.beans.getBean(DataSource.class).getConnection();
				Statement statement = vacuum.createStatement()) {
			vacuum.setAutoCommit(false);
			// What a vacuum holds.
			statement.execute("lock table " + partition + " in share update exclusive mode");
			long closed = this.bed.compactor().closeWhatIsOver();
			left = this.bed.openRows();
			assertThat(left).isPositive().isEqualTo(rows - closed).isLessThan(rows);
			assertThat(this.bed.all()).isEqualTo(ClosingBed.ordered(signals));
			vacuum.rollback();
			vacuum.setAutoCommit(true);
		}
		assertThat(this.bed.compactor().closeWhatIsOver()).isEqualTo(left);
		assertThat(this.bed.openRows()).isZero();
		assertThat(this.bed.all()).isEqualTo(ClosingBed.ordered(signals));
	}

	@Test
	void twoProjectsMayHaveSignalsOfTheSameIdsInHoursThatAreClosed() throws Exception {
		List<Signal> signals = ClosingBed.signals(17, 600);
		try (ClosingBed other = new ClosingBed(this.beans)) {
			this.bed.write(signals);
			other.write(signals);
			this.bed.compactor().closeWhatIsOver();
			for (ClosingBed each : List.of(this.bed, other)) {
				assertThat(each.openRows()).isZero();
				assertThat(each.all()).isEqualTo(ClosingBed.ordered(signals));
			}
		}
	}

	@Test
	void whatComesWhileItsHourIsClosedMovesAndAnotherProjectsSignalOfTheSameIdDoesNot() throws Exception {
		List<Signal> signals = ClosingBed.signals(18, 2_000);
		try (ClosingBed other = new ClosingBed(this.beans);
				var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			other.write(signals);
			AtomicBoolean done = new AtomicBoolean();
			Future<?> writing = executor.submit(() -> {
				for (int from = 0; from < signals.size(); from += 50) {
					this.bed.write(signals.subList(from, from + 50));
				}
				done.set(true);
			});
			while (!done.get()) {
				this.bed.compactor().closeWhatIsOver();
				this.bed.makeHours();
			}
			writing.get();
			this.bed.compactor().closeWhatIsOver();
			this.bed.compactor().closeWhatIsOver();
			for (ClosingBed each : List.of(this.bed, other)) {
				assertThat(each.openRows()).isZero();
				assertThat(each.all()).isEqualTo(ClosingBed.ordered(signals));
			}
		}
	}

	@Test
	void whatComesLateIsClosedInItsTurn() {
		List<Signal> signals = ClosingBed.signals(14, 2_000);
		this.bed.write(signals.subList(0, 1_500));
		this.bed.compactor().closeWhatIsOver();
		this.bed.write(signals.subList(1_500, 2_000));
		assertThat(this.bed.openRows()).isEqualTo(500);
		assertThat(this.bed.all()).isEqualTo(ClosingBed.ordered(signals));
		this.bed.compactor().closeWhatIsOver();
		assertThat(this.bed.openRows()).isZero();
		assertThat(this.bed.all()).isEqualTo(ClosingBed.ordered(signals));
	}

	@Test
	void aDayOfAFormerReleaseIsClosedAsAWhole() {
		// Yesterday has an hour already when today is younger than one.
		Instant begun = ClosingBed.HOUR.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(2));
		String day = begun.toString().substring(0, 10).replace("-", "");
		long from = begun.getEpochSecond() * 1_000_000_000L;
		this.jdbc
			.sql("create table signals.log_record_30d_" + day + " partition of signals.log_record_30d for values from ("
					+ from + ") to (" + (from + Duration.ofDays(1).toNanos()) + ")")
			.update();
		List<Signal> logs = IntStream.range(0, 1_000)
			.<Signal>mapToObj((i) -> ClosingBed.log(begun.plusSeconds(80L * i), new Random(i)))
			.toList();
		this.bed.write(logs);
		this.bed.compactor().closeWhatIsOver();
		assertThat(this.jdbc.sql("select to_regclass('signals.log_record_30d_" + day + "') is null")
			.query(Boolean.class)
			.single()).isTrue();
		assertThat(this.bed.openRows()).isZero();
		assertThat(this.reader.between(this.bed.project(), begun, begun.plus(Duration.ofDays(1)),
				EnumSet.of(SignalType.LOG), 2_000))
			.isEqualTo(logs);
	}

	@ParameterizedTest
	@ValueSource(strings = { "set_byte(data, octet_length(data) / 2, 255 - get_byte(data, octet_length(data) / 2))",
			"substring(data for octet_length(data) / 2)", "''" })
	void aDamagedSegmentIsPassedOverAndTheOthersAnswer(String damaged) {
		List<Signal> signals = ClosingBed.signals(15, 1_000);
		this.bed.write(signals.subList(0, 500));
		this.bed.compactor().closeWhatIsOver();
		this.bed.tamper("update signals.segment set data = " + damaged + " where project_id = :project");
		this.bed.write(signals.subList(500, 1_000));
		assertThat(this.bed.all()).hasSizeBetween(500, 999).containsAll(signals.subList(500, 1_000));
		assertThat(this.reader.search(this.bed.project(), SignalFilter.ALL, 1_000, 0)).hasSizeBetween(500, 999)
			.containsAll(signals.subList(500, 1_000));
	}

	@Test
	void whatWasDroppedIsNotAnsweredFromMemory() {
		List<Signal> signals = ClosingBed.signals(16, 500);
		this.bed.write(signals);
		this.bed.compactor().closeWhatIsOver();
		assertThat(this.bed.all()).isEqualTo(ClosingBed.ordered(signals));
		this.bed.tamper("delete from signals.segment where project_id = :project");
		assertThat(this.bed.all()).isEmpty();
	}

}
