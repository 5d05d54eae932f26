package dev.whence.store.compact;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signals of three hours that are over, for a project of its own: written, read and
 * counted as tests of closing them need it. The clock of whoever closes is four days
 * ahead.
 */
final class ClosingBed implements AutoCloseable {

	static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);

	private static final InstantSource WRITING = () -> Instant.now().plus(Duration.ofDays(3));

	private static final InstantSource CLOSING = () -> Instant.now().plus(Duration.ofDays(4));

	private static final AtomicInteger PROJECTS = new AtomicInteger(9_000);

	/** The lock of whoever closes hours. */
	static final String COMPACTING = """
			locktype = 'advisory' and granted and objid = hashtext('whence.compaction')::bigint & x'ffffffff'::bigint
			""";

	private final ProjectId project = new ProjectId(PROJECTS.incrementAndGet());

	private final SignalPartitions partitions;

	private final SignalReader reader;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final SharedCommits commits;

	private final SignalWriter writer;

	private final Compactor compactor;

	private final Compactor hourByHour;

	ClosingBed(BeanFactory beans) {
		this.partitions = beans.getBean(SignalPartitions.class);
		this.reader = beans.getBean(SignalReader.class);
		this.jdbc = beans.getBean(JdbcClient.class);
		this.transactions = new TransactionTemplate(beans.getBean(PlatformTransactionManager.class));
		OwnerConnection owner = new OwnerConnection(beans.getBean(JdbcConnectionDetails.class));
		this.compactor = new Compactor(owner, CLOSING);
		this.hourByHour = new Compactor(owner, CLOSING, 0);
		WritingProperties writing = beans.getBean(WritingProperties.class);
		this.commits = new SharedCommits(
				new Commit(beans.getBean(DataSource.class), beans.getBean(Retention.class), (_, _) -> List.of(),
						new TouchedMinutes((_, _) -> List.of(), beans.getBean(RollupProperties.class), WRITING),
						WRITING),
				new WritingProperties(writing.threads(), writing.groupRows(), writing.queued(),
						Duration.ofSeconds(30)));
		this.writer = new QueuedSignalWriter(this.commits);
		makeHours();
	}

	/** How many rows came too late for their hour. */
	long lateRows() {
		return this.jdbc
			.sql("select " + Stream.of("log_record", "span", "metric_point")
				.map((table) -> "(select count(*) from signals." + table + "_30d_default where project_id = :project)")
				.collect(Collectors.joining(" + ")))
			.param("project", this.project.value())
			.query(Long.class)
			.single();
	}

	/** Does something to what is stored that nobody but its owner may do. */
	void tamper(String sql) {
		this.transactions.executeWithoutResult((_) -> {
			this.jdbc.sql("set local session_replication_role = replica").update();
			this.jdbc.sql(sql).param("project", this.project.value()).update();
		});
	}

	/** Makes the hours that were closed anew. */
	void makeHours() {
		this.partitions.makeAhead();
	}

	@Override
	public void close() throws InterruptedException {
		this.commits.destroy();
	}

	ProjectId project() {
		return this.project;
	}

	Compactor compactor() {
		return this.compactor;
	}

	/** Closes every hour by itself, however little happened in it. */
	Compactor hourByHour() {
		return this.hourByHour;
	}

	List<WriteOutcome> write(List<Signal> signals) {
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

	List<Signal> all() {
		return this.reader.between(this.project, HOUR.minus(Duration.ofDays(2)), HOUR.plus(Duration.ofDays(2)),
				EnumSet.allOf(SignalType.class), 100_000);
	}

	static List<Signal> ordered(List<Signal> signals) {
		return signals.stream().sorted(Comparator.comparing(Position::of)).toList();
	}

	boolean isUnderWay() {
		return this.jdbc.sql("select exists (select from pg_locks where " + COMPACTING + ")")
			.query(Boolean.class)
			.single();
	}

	long openRows() {
		return this.jdbc.sql("""
				select (select count(*) from signals.log_record where project_id = :project)
				     + (select count(*) from signals.span where project_id = :project)
				     + (select count(*) from signals.metric_point where project_id = :project)
				""").param("project", this.project.value()).query(Long.class).single();
	}

	static List<Signal> signals(long seed, int count) {
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

	static Signal log(Instant time, Random random) {
		return new LogRecord(id(random), new TraceId("request-" + random.nextInt(500)), null,
				"service-" + random.nextInt(4), time, "INFO", "took " + random.nextInt(1_000) + " ms",
				Map.of("user", "u" + random.nextInt(100)), Map.of(), Map.of());
	}

	private static UUID id(Random random) {
		return new UUID(random.nextLong(), random.nextLong());
	}

}
