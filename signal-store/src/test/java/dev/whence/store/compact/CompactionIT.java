package dev.whence.store.compact;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.Position;
import dev.whence.store.SignalPartitions;
import dev.whence.store.SignalReader;
import dev.whence.store.SignalStoreIT;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.commit.Commit;
import dev.whence.store.commit.SharedCommits;
import dev.whence.store.commit.TouchedMinutes;
import dev.whence.store.commit.WritingProperties;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.retention.Retention;
import dev.whence.store.rollup.RollupProperties;
import dev.whence.store.write.QueuedSignalWriter;
import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Hours that end while others write, read, repeat themselves and break off. */
@SpringBootTest(classes = SignalStoreIT.Application.class, properties = "whence.signal-store.migrate=true")
@WithPostgres
class CompactionIT {

	private static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);

	private static final InstantSource WRITING = () -> Instant.now().plus(Duration.ofDays(3));

	private static final InstantSource CLOSING = () -> Instant.now().plus(Duration.ofDays(4));

	/** The lock of whoever closes hours. */
	private static final String COMPACTING = """
			locktype = 'advisory' and granted and objid = hashtext('whence.compaction')::bigint & x'ffffffff'::bigint
			""";

	private static final AtomicInteger PROJECTS = new AtomicInteger(9_000);

	@Autowired
	SignalReader reader;

	@Autowired
	SignalPartitions partitions;

	@Autowired
	Retention retention;

	@Autowired
	DataSource dataSource;

	@Autowired
	JdbcConnectionDetails connection;

	@Autowired
	WritingProperties writing;

	@Autowired
	RollupProperties rollups;

	@Autowired
	JdbcClient jdbc;

	private Compactor compactor;

	private SharedCommits commits;

	private SignalWriter writer;

	private ProjectId project = ProjectId.DEFAULT;

	@BeforeEach
	void open() {
		this.partitions.makeAhead();
		this.compactor = new Compactor(new OwnerConnection(this.connection), CLOSING);
		this.commits = new SharedCommits(
				new Commit(this.dataSource, this.retention, (_, _) -> List.of(),
						new TouchedMinutes((_, _) -> List.of(), this.rollups, WRITING), WRITING),
				new WritingProperties(this.writing.threads(), this.writing.groupRows(), this.writing.queued(),
						Duration.ofSeconds(30)));
		this.writer = new QueuedSignalWriter(this.commits);
		this.project = new ProjectId(PROJECTS.incrementAndGet());
	}

	@AfterEach
	void close() throws InterruptedException {
		this.commits.destroy();
	}

	@Test
	void whoeverReadsSeesEachSignalOnceWhileItsHourIsClosed() throws Exception {
		List<Signal> signals = signals(11, 4_000);
		write(signals);
		AtomicBoolean closed = new AtomicBoolean();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> readers = IntStream.range(0, 3).mapToObj((_) -> executor.submit(() -> {
				int looks = 0;
				boolean last;
				do {
					last = closed.get();
					assertThat(all()).hasSize(signals.size());
					looks++;
				}
				while (!last);
				return looks;
			})).toList();
			this.compactor.closeWhatIsOver();
			closed.set(true);
			for (Future<Integer> one : readers) {
				assertThat(one.get()).isPositive();
			}
		}
		assertThat(openRows()).isZero();
		assertThat(all()).isEqualTo(ordered(signals));
	}

	@Test
	void whoeverRepeatsWhatIsBeingClosedStoresNothingTwice() throws Exception {
		List<Signal> signals = signals(12, 3_000);
		write(signals.subList(0, 2_000));
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
							stored.addAndGet((int) write(some.subList(from, from + 500)).stream()
								.filter(WriteOutcome.STORED::equals)
								.count());
						}
					}
				}));
			}
			Future<?> closing = executor.submit(() -> {
				while (!done.get()) {
					this.compactor.closeWhatIsOver();
				}
			});
			for (Future<?> one : writers) {
				one.get();
			}
			done.set(true);
			closing.get();
		}
		assertThat(stored).as("those that were not there").hasValue(1_000);
		this.compactor.closeWhatIsOver();
		assertThat(all()).isEqualTo(ordered(signals));
	}

	@Test
	void aCompactionThatIsKilledAtAnyMomentLosesAndDoublesNothing() throws Exception {
		List<Signal> signals = signals(13, 6_000);
		write(signals);
		int broken = 0;
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int round = 0; round < 30; round++) {
				Future<Boolean> closing = executor.submit(() -> {
					try {
						return this.compactor.closeWhatIsOver() > 0;
					}
					catch (DataAccessException ex) {
						return false;
					}
				});
				Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> isUnderWay() || closing.isDone());
				Thread.sleep(ThreadLocalRandom.current().nextInt(1 + 20 * round));
				this.jdbc.sql("select pg_terminate_backend(pid) from pg_locks where " + COMPACTING)
					.query()
					.listOfRows();
				if (!closing.get() && openRows() > 0) {
					broken++;
				}
				if (round % 6 == 0) {
					assertThat(all()).hasSize(signals.size());
				}
			}
		}
		assertThat(broken).as("compactions that were broken off").isPositive();
		this.compactor.closeWhatIsOver();
		assertThat(openRows()).isZero();
		assertThat(all()).isEqualTo(ordered(signals));
	}

	@Test
	void whatComesLateIsClosedInItsTurn() {
		List<Signal> signals = signals(14, 2_000);
		write(signals.subList(0, 1_500));
		this.compactor.closeWhatIsOver();
		write(signals.subList(1_500, 2_000));
		assertThat(openRows()).isEqualTo(500);
		assertThat(all()).isEqualTo(ordered(signals));
		this.compactor.closeWhatIsOver();
		assertThat(openRows()).isZero();
		assertThat(all()).isEqualTo(ordered(signals));
	}

	@Test
	void aDayOfAFormerReleaseIsClosedAsAWhole() {
		Instant yesterday = HOUR.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));
		String day = yesterday.toString().substring(0, 10).replace("-", "");
		long from = yesterday.getEpochSecond() * 1_000_000_000L;
		this.jdbc
			.sql("create table signals.log_record_30d_" + day + " partition of signals.log_record_30d for values from ("
					+ from + ") to (" + (from + Duration.ofDays(1).toNanos()) + ")")
			.update();
		List<Signal> logs = IntStream.range(0, 1_000)
			.<Signal>mapToObj((i) -> log(yesterday.plusSeconds(80L * i), new Random(i)))
			.toList();
		write(logs);
		this.compactor.closeWhatIsOver();
		assertThat(this.jdbc.sql("select to_regclass('signals.log_record_30d_" + day + "') is null")
			.query(Boolean.class)
			.single()).isTrue();
		assertThat(openRows()).isZero();
		assertThat(this.reader.between(this.project, yesterday, yesterday.plus(Duration.ofDays(1)),
				EnumSet.of(SignalType.LOG), 2_000))
			.isEqualTo(logs);
	}

	@Test
	void aDamagedSegmentIsPassedOverAndTheOthersAnswer() {
		List<Signal> signals = signals(15, 1_000);
		write(signals.subList(0, 500));
		this.compactor.closeWhatIsOver();
		this.jdbc.sql("set session_replication_role = replica").update();
		this.jdbc.sql("""
				update signals.segment set data = set_byte(data, octet_length(data) / 2,
				                                           255 - get_byte(data, octet_length(data) / 2))
				where project_id = ?""").param(this.project.value()).update();
		this.jdbc.sql("set session_replication_role = origin").update();
		write(signals.subList(500, 1_000));
		assertThat(all()).hasSizeBetween(500, 999).containsAll(signals.subList(500, 1_000));
	}

	private List<WriteOutcome> write(List<Signal> signals) {
		List<WriteOutcome> outcomes = new ArrayList<>();
		for (int from = 0; from < signals.size(); from += 1_000) {
			outcomes.addAll(this.writer.write(this.project,
					signals.subList(from, Math.min(from + 1_000, signals.size()))
						.stream()
						.map((signal) -> new Submission(signal, null, false, signal.hashCode()))
						.toList()));
		}
		return outcomes;
	}

	private List<Signal> all() {
		return this.reader.between(this.project, HOUR.minus(Duration.ofDays(2)), HOUR.plus(Duration.ofDays(2)),
				EnumSet.allOf(SignalType.class), 100_000);
	}

	private static List<Signal> ordered(List<Signal> signals) {
		return signals.stream().sorted(Comparator.comparing(Position::of)).toList();
	}

	private boolean isUnderWay() {
		return this.jdbc.sql("select exists (select from pg_locks where " + COMPACTING + ")")
			.query(Boolean.class)
			.single();
	}

	private long openRows() {
		return this.jdbc.sql("""
				select (select count(*) from signals.log_record where project_id = :project)
				     + (select count(*) from signals.span where project_id = :project)
				     + (select count(*) from signals.metric_point where project_id = :project)
				""").param("project", this.project.value()).query(Long.class).single();
	}

	private static List<Signal> signals(long seed, int count) {
		Random random = new Random(seed);
		List<Signal> signals = new ArrayList<>();
		while (signals.size() < count) {
			Instant time = HOUR.plusNanos(random.nextLong(Duration.ofHours(3).toNanos()));
			TraceId trace = new TraceId(HexFormat.of().toHexDigits(random.nextLong()).repeat(2));
			signals.add(log(time, random));
			signals.add(new Span(id(random), trace, HexFormat.of().toHexDigits(random.nextLong()), null, "shop",
					"GET /" + random.nextInt(3), SpanKind.SERVER, time, Duration.ofNanos(random.nextInt()).abs(), "OK",
					null, Map.of("n", random.nextInt()), Map.of("service.name", "shop"), Map.of()));
			signals.add(new MetricPoint(id(random), null, "shop", time, "cpu", MetricKind.GAUGE, random.nextDouble(),
					"1", Map.of("core", "1"), Map.of(), Map.of()));
		}
		return signals.subList(0, count);
	}

	private static Signal log(Instant time, Random random) {
		return new LogRecord(id(random), new TraceId("request-" + random.nextInt(500)), null,
				"service-" + random.nextInt(4), time, "INFO", "took " + random.nextInt(1_000) + " ms",
				Map.of("user", "u" + random.nextInt(100)), Map.of(), Map.of());
	}

	private static UUID id(Random random) {
		return new UUID(random.nextLong(), random.nextLong());
	}

}
