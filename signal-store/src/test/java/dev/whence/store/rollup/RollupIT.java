package dev.whence.store.rollup;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.SignalPartitions;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.compact.Compactor;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/** What PostgreSQL counts is what counting the signals gives. */
@SpringBootTest(properties = { "whence.signal-store.migrate=true", "spring.flyway.enabled=false" })
@WithPostgres
class RollupIT {

	private static final AtomicInteger PROJECTS = new AtomicInteger(100);

	private static final Instant FROM = Instant.now().truncatedTo(ChronoUnit.HOURS);

	private static final Minutes ALL = Minutes.between(FROM.minus(Duration.ofHours(1)), FROM.plus(Duration.ofHours(1)));

	private static final int LIMIT = 100_000;

	@Autowired
	SignalWriter writer;

	@Autowired
	MinuteCounter counter;

	@Autowired
	RollupReader reader;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	SignalPartitions partitions;

	@Autowired
	JdbcConnectionDetails connection;

	private ProjectId project = ProjectId.DEFAULT;

	@BeforeEach
	void useAProjectOfItsOwn() {
		this.project = new ProjectId(PROJECTS.incrementAndGet());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void everyRollupIsWhatCountingTheSignalsGives(long seed) {
		List<Signal> signals = new RandomTelemetry(seed, FROM, Duration.ofMinutes(3)).signals(150);
		write(signals);
		countAll();
		assertCounted(signals);
	}

	@ParameterizedTest
	@ValueSource(longs = { 4, 5 })
	void whatComesLateOrTwiceIsCountedOnceWhenItsMinuteIsCountedAgain(long seed) {
		List<Signal> signals = new RandomTelemetry(seed, FROM, Duration.ofMinutes(3)).signals(60);
		Random random = new Random(seed);
		Collections.shuffle(signals, random);
		for (int from = 0; from < signals.size(); from += 40) {
			write(signals.subList(Math.max(0, from - 20), Math.min(signals.size(), from + 40)));
			count(FROM.plus(Duration.ofMinutes(random.nextInt(4))));
		}
		countAll();
		countAll();
		assertCounted(signals);
	}

	@Test
	void aMinuteThatIsClosedIsCountedAsBeforeWithWhatComesLate() {
		this.partitions.makeAhead();
		List<Signal> signals = new RandomTelemetry(8, FROM, Duration.ofMinutes(3)).signals(200);
		write(signals.subList(0, 150));
		new Compactor(new OwnerConnection(this.connection), () -> Instant.now().plus(Duration.ofDays(4)))
			.closeWhatIsOver();
		assertThat(this.jdbc.sql("select sum(rows) from signals.segment where project_id = ?")
			.param(this.project.value())
			.query(Long.class)
			.single()).isEqualTo(150);
		countAll();
		assertCounted(signals.subList(0, 150));
		write(signals.subList(150, signals.size()));
		countAll();
		assertCounted(signals);
	}

	@Test
	void manyCountersAndWritersAtOnceEndWithTheExactNumbers() throws Exception {
		List<Signal> signals = new RandomTelemetry(6, FROM, Duration.ofMinutes(2)).signals(120);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> all = new java.util.ArrayList<>();
			for (int writer = 0; writer < 4; writer++) {
				int first = writer;
				all.add(executor.submit(() -> IntStream.range(0, signals.size())
					.filter((i) -> i % 4 == first)
					.forEach((i) -> write(List.of(signals.get(i))))));
			}
			for (int counter = 0; counter < 3; counter++) {
				all.add(executor.submit(() -> IntStream.range(0, 10).forEach((_) -> countAll())));
			}
			for (Future<?> one : all) {
				one.get();
			}
		}
		countAll();
		assertCounted(signals);
	}

	@Test
	void aCallIsFoundWhoseParentBeganInTheMinuteBefore() {
		TraceId trace = new TraceId("t-" + UUID.randomUUID());
		Instant edge = FROM.plus(Duration.ofMinutes(1));
		write(List.of(span(trace, "a", null, "shop", SpanKind.CLIENT, edge.minusMillis(30), Duration.ofMillis(100)),
				span(trace, "b", "a", "bank", SpanKind.SERVER, edge.plusMillis(10), Duration.ofMillis(40))));
		countAll();
		assertThat(this.reader.edges(this.project, ALL, LIMIT)).singleElement().satisfies((found) -> {
			assertThat(found.minute()).isEqualTo(edge);
			assertThat(found.caller()).isEqualTo("shop");
			assertThat(found.callee()).isEqualTo("bank");
			assertThat(found.gaps()).isEqualTo(DurationSketch.of(60_000_000));
		});
		assertThat(this.reader.calls(this.project, ALL, 10)).containsExactly(new Call("shop", "bank", 1, 0));
	}

	@Test
	void aMinuteWithoutSignalsLeavesNoTrace() {
		count(FROM);
		assertThat(this.reader.minutes(this.project, ALL, LIMIT)).isEmpty();
	}

	@Test
	void anotherProjectSeesAndChangesNothing() {
		List<Signal> signals = new RandomTelemetry(7, FROM, Duration.ofMinutes(1)).signals(20);
		write(signals);
		countAll();
		ProjectId mine = this.project;
		useAProjectOfItsOwn();
		countAll();
		assertThat(this.reader.spans(this.project, ALL, LIMIT)).isEmpty();
		assertThat(this.reader.series(this.project, LIMIT)).isEmpty();
		this.project = mine;
		assertCounted(signals);
	}

	@Test
	void durationsThatNobodyCanAddUpAndNamesOfAnyLengthAreCounted() {
		TraceId trace = new TraceId("t-" + UUID.randomUUID());
		String name = "x".repeat(20_000);
		write(IntStream.range(0, 3)
			.<Signal>mapToObj((i) -> new Span(UUID.randomUUID(), trace, "s" + i, null, "shop", name, SpanKind.SERVER,
					FROM, Duration.ofNanos(Long.MAX_VALUE - 5), "OK", null, Map.of(), Map.of(), Map.of()))
			.toList());
		countAll();
		assertThat(this.reader.spans(this.project, ALL, LIMIT)).singleElement().satisfies((found) -> {
			assertThat(found.calls()).isEqualTo(3);
			assertThat(found.operation()).hasSize(500);
			assertThat(found.total()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
		});
	}

	@Test
	void operationsBeyondTheMostFrequentAreCountedTogether() {
		TraceId trace = new TraceId("t-" + UUID.randomUUID());
		int most = MinuteCounter.MOST_OPERATIONS;
		List<Signal> signals = IntStream.range(0, most + 10)
			.<Signal>mapToObj((i) -> new Span(UUID.randomUUID(), trace, "s" + i, null, "shop", "get-" + i,
					SpanKind.SERVER, FROM, Duration.ofNanos(i), "OK", null, Map.of(), Map.of(), Map.of()))
			.toList();
		write(signals);
		countAll();
		List<SpanRollup> found = this.reader.spans(this.project, ALL, LIMIT);
		assertThat(found).hasSize(most + 1);
		assertThat(found).filteredOn((span) -> span.operation().equals(RollupReader.OTHER))
			.singleElement()
			.extracting(SpanRollup::calls)
			.isEqualTo(10L);
	}

	@Test
	void aSeriesKeepsItsNumberAndSaysWhereItRuns() {
		write(List.of(point("cpu", FROM, 1), point("cpu", FROM.plusSeconds(60), 2)));
		countAll();
		countAll();
		SeriesKey series = this.reader.series(this.project, 10).getFirst();
		assertThat(series.resource()).isEqualTo(Map.of("host.name", "h1"));
		assertThat(series.attributes()).isEqualTo(Map.of("core", "1"));
		assertThat(this.reader.metrics(this.project, List.of(series.id()), ALL, LIMIT))
			.extracting(MetricRollup::series, MetricRollup::last)
			.containsExactly(org.assertj.core.groups.Tuple.tuple(series.id(), 1.0),
					org.assertj.core.groups.Tuple.tuple(series.id(), 2.0));
	}

	@Test
	void seriesBeyondTheRoomAreCountedTogether() {
		this.jdbc.sql("""
				insert into signals.metric_series (project_id, hash, seen_minute, kind, service, name, unit, attributes)
				select :project, gen_random_uuid(), 1, 0, 's', 'n', 'u', '{}' from generate_series(1, :many)
				""").param("project", this.project.value()).param("many", MinuteCounter.MOST_SERIES - 1).update();
		write(List.of(point("a", FROM, 1), point("b", FROM, 2), point("c", FROM, 4), point("c", FROM, 8)));
		countAll();
		List<MetricRollup> found = this.reader.metrics(this.project, ALL, LIMIT);
		assertThat(found).hasSize(2);
		assertThat(found.stream().mapToLong(MetricRollup::count).sum()).isEqualTo(4);
		assertThat(found.stream().mapToDouble(MetricRollup::sum).sum()).isEqualTo(15);
		countAll();
		assertThat(this.reader.metrics(this.project, ALL, LIMIT)).usingRecursiveComparison().isEqualTo(found);
	}

	@Test
	void theLimitLeavesOutTheNewest() {
		write(List.of(log(FROM), log(FROM.plusSeconds(60)), log(FROM.plusSeconds(120))));
		countAll();
		assertThat(this.reader.logs(this.project, ALL, 2)).extracting(LogRollup::minute)
			.containsExactly(FROM, FROM.plusSeconds(60));
		assertThat(this.reader.minutes(this.project, Minutes.of(List.of(FROM.plusSeconds(119))), 9))
			.containsExactly(new MinuteTotals(FROM.plusSeconds(60), 0, 0, 1, 0));
	}

	private void assertCounted(List<Signal> signals) {
		Recount recount = new Recount(signals);
		assertThat(this.reader.minutes(this.project, ALL, LIMIT)).isEqualTo(recount.totals());
		assertThat(this.reader.spans(this.project, ALL, LIMIT)).containsExactlyInAnyOrderElementsOf(recount.spans());
		assertThat(recount.edges()).isNotEmpty();
		assertThat(this.reader.edges(this.project, ALL, LIMIT)).containsExactlyInAnyOrderElementsOf(recount.edges());
		assertThat(this.reader.logs(this.project, ALL, LIMIT)).containsExactlyInAnyOrderElementsOf(recount.logs());
		assertThat(metrics()).usingRecursiveComparison()
			.ignoringFieldsMatchingRegexes(".*series")
			.isEqualTo(recount.metrics());
	}

	private Map<String, MetricRollup> metrics() {
		Map<Long, SeriesKey> series = this.reader.series(this.project, LIMIT)
			.stream()
			.collect(Collectors.toMap(SeriesKey::id, Function.identity()));
		Map<String, MetricRollup> found = new TreeMap<>();
		for (MetricRollup metric : this.reader.metrics(this.project, ALL, LIMIT)) {
			SeriesKey key = series.get(metric.series());
			found.put(List.of(metric.minute(), key.service(), key.name(), key.attributes()).toString(), metric);
		}
		return found;
	}

	private void countAll() {
		IntStream.range(-1, 6).forEach((minute) -> count(FROM.plus(Duration.ofMinutes(minute))));
	}

	private void count(Instant minute) {
		this.transactions.executeWithoutResult((_) -> this.counter.count(this.project, minute));
	}

	private void write(List<? extends Signal> signals) {
		this.writer.write(this.project,
				signals.stream().map((signal) -> new Submission(signal, null, true, 1)).toList());
	}

	private static Span span(TraceId trace, String id, String parent, String service, SpanKind kind, Instant start,
			Duration duration) {
		return new Span(UUID.randomUUID(), trace, id, parent, service, "op", kind, start, duration, "OK", null,
				Map.of(), Map.of(), Map.of());
	}

	private static MetricPoint point(String name, Instant time, double value) {
		return new MetricPoint(UUID.randomUUID(), null, "shop", time, name, MetricKind.GAUGE, value, "1",
				Map.of("core", "1"), Map.of("host.name", "h1", "os.type", "linux"), Map.of());
	}

	private static LogRecord log(Instant time) {
		return new LogRecord(UUID.randomUUID(), null, null, "shop", time, "INFO", "hello", Map.of(), Map.of(),
				Map.of());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ProblemAnnouncer announcer() {
			return (_, _) -> List.of();
		}

	}

}
