package dev.whence.store.rollup;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is made of hours and whatever is not: an answer is what counting the signals
 * of its range gives.
 */
@SpringBootTest(classes = RollupIT.Application.class,
		properties = { "whence.signal-store.migrate=true", "spring.flyway.enabled=false" })
@WithPostgres
class ServiceRollupsIT {

	private static final AtomicInteger PROJECTS = new AtomicInteger(5_000);

	private static final int HOURS = 3;

	private static final Instant FROM = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS + 1));

	private static final Set<String> ERRORS = Set.of("ERROR", "WARN");

	private static final int LIMIT = 1_000;

	@Autowired
	SignalWriter writer;

	@Autowired
	MinuteCounter minutes;

	@Autowired
	HourCounter hours;

	@Autowired
	ServiceRollups rollups;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	JdbcClient jdbc;

	private ProjectId project = ProjectId.DEFAULT;

	@BeforeEach
	void useAProjectOfItsOwn() {
		this.project = new ProjectId(PROJECTS.incrementAndGet());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void anAnswerIsWhatCountingTheSignalsGives(long seed) {
		Random random = new Random(seed);
		List<Signal> signals = new RandomTelemetry(seed, FROM, Duration.ofHours(HOURS)).signals(120);
		List<Signal> late = signals.subList(0, 25);
		write(signals.subList(25, signals.size()));
		count(signals.subList(25, signals.size()));
		assertAnswers(signals.subList(25, signals.size()), random);
		assertThat(makeAll()).isPositive();
		assertThat(madeHours()).isGreaterThanOrEqualTo(HOURS);
		assertAnswers(signals.subList(25, signals.size()), random);
		write(late);
		count(late);
		assertThat(madeHours()).isLessThan(HOURS + 1);
		assertAnswers(signals, random);
		makeAll();
		assertAnswers(signals, random);
	}

	@Test
	void minutesThatAFormerWorkerCountedGetTheirServicesWithTheHour() {
		List<Signal> signals = new RandomTelemetry(4, FROM, Duration.ofHours(1)).signals(60);
		write(signals);
		count(signals);
		// It knows neither services nor hours.
		this.jdbc.sql("delete from signals.rollup_service where project_id = ? and minute % 2 = 0")
			.param(this.project.value())
			.update();
		this.jdbc.sql("update signals.rollup_service set calls = calls + 1 where project_id = ? and minute % 5 = 1")
			.param(this.project.value())
			.update();
		this.jdbc.sql("""
				update signals.rollup_edge set sketch = null, gap_sketch = null where project_id = ? and minute % 3 = 0
				""").param(this.project.value()).update();
		MinuteRange range = MinuteRange.covering(FROM, FROM.plus(Duration.ofHours(2)));
		List<EdgeTotals> edges = this.rollups.edges(this.project, range, null, LIMIT);
		makeAll();
		assertThat(this.rollups.edges(this.project, range, null, LIMIT)).isEqualTo(edges);
		assertAnswers(signals, new Random(4));
	}

	@Test
	void hoursThatAFormerWorkerMadeSayNothingOfTheirMinutesAndAreNotAskedForThem() {
		List<Signal> signals = new RandomTelemetry(11, FROM, Duration.ofHours(2)).signals(80);
		write(signals);
		count(signals);
		makeAll();
		this.jdbc.sql("update signals.rollup_hour_service set by_minute = null where project_id = ?")
			.param(this.project.value())
			.update();
		this.jdbc.sql("update signals.rollup_hour set form = 1 where project_id = ?")
			.param(this.project.value())
			.update();
		assertAnswers(signals, new Random(11));
		assertThat(makeAll()).isPositive();
		assertThat(this.jdbc.sql("select count(*) from signals.rollup_hour where project_id = ? and form < 2")
			.param(this.project.value())
			.query(Integer.class)
			.single()).isZero();
		assertAnswers(signals, new Random(12));
	}

	@Test
	void ofMoreServicesThanTheLimitThoseWithTheMostCallsAreDrawn() {
		List<Signal> signals = new RandomTelemetry(12, FROM, Duration.ofHours(1)).signals(60);
		write(signals);
		count(signals);
		MinuteRange range = MinuteRange.covering(FROM, FROM.plus(Duration.ofHours(1)), 12);
		Map<String, Long> spans = spans(signals).stream()
			.collect(Collectors.groupingBy(Span::serviceName, Collectors.counting()));
		List<String> drawn = this.rollups.calls(this.project, range, null, 2)
			.stream()
			.map(StepCalls::service)
			.distinct()
			.toList();
		assertThat(drawn).hasSize(2);
		assertThat(spans.keySet()).allSatisfy((service) -> assertThat(
				drawn.contains(service) || drawn.stream().allMatch((one) -> spans.get(one) >= spans.get(service)))
			.isTrue());
	}

	@Test
	void hoursThatAreMadeWhileTheirMinutesAreCountedEndRight() throws Exception {
		List<Signal> signals = new RandomTelemetry(5, FROM, Duration.ofMinutes(30)).signals(80);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> all = new ArrayList<>();
			for (int writer = 0; writer < 3; writer++) {
				int third = writer;
				List<Signal> some = IntStream.range(0, signals.size())
					.filter((i) -> i % 3 == third)
					.mapToObj(signals::get)
					.toList();
				all.add(executor.submit(() -> {
					for (int i = 0; i < some.size(); i += 30) {
						List<Signal> batch = some.subList(i, Math.min(some.size(), i + 30));
						write(batch);
						count(batch);
					}
				}));
			}
			all.add(executor.submit(() -> IntStream.range(0, 60).forEach((_) -> makeOne())));
			for (Future<?> one : all) {
				one.get();
			}
		}
		assertAnswers(signals, new Random(5));
		makeAll();
		assertAnswers(signals, new Random(6));
	}

	@Test
	void anHourIsLeftAloneWhileItsMinutesAreCounted() {
		List<Signal> signals = new RandomTelemetry(7, FROM, Duration.ofMinutes(5)).signals(5);
		write(signals);
		count(signals);
		this.transactions.executeWithoutResult((_) -> this.hours.makeOne());
		assertThat(madeHours()).isZero();
	}

	@Test
	void whatIsKeptNoLongerIsDeletedOfHoursToo() {
		List<Signal> signals = new RandomTelemetry(8, FROM, Duration.ofHours(2)).signals(30);
		write(signals);
		count(signals);
		makeAll();
		new ExpiredRollups(this.jdbc, FROM.plus(Duration.ofHours(1))).delete();
		List<Signal> kept = signals.stream()
			.filter((signal) -> !signal.timestamp().isBefore(FROM.plus(Duration.ofHours(1))))
			.toList();
		MinuteRange range = MinuteRange.covering(FROM, FROM.plus(Duration.ofHours(HOURS)));
		assertThat(
				this.rollups.services(this.project, range, LIMIT).stream().mapToLong((s) -> s.served().calls()).sum())
			.isEqualTo(services(kept).values().stream().mapToLong((s) -> s.served().calls()).sum());
	}

	@Test
	void whatHasFewerCallsIsLeftOutBeyondTheLimit() {
		List<Signal> signals = new RandomTelemetry(9, FROM, Duration.ofHours(1)).signals(50);
		write(signals);
		count(signals);
		MinuteRange range = MinuteRange.covering(FROM, FROM.plus(Duration.ofHours(1)));
		List<EdgeTotals> edges = this.rollups.edges(this.project, range, null, LIMIT);
		assertThat(this.rollups.edges(this.project, range, null, 2)).isEqualTo(edges.subList(0, 2));
		assertThat(edges).isSortedAccordingTo(Comparator.comparing((edge) -> -edge.totals().calls()));
		assertThat(this.rollups.services(this.project, range, 1)).hasSize(1);
	}

	@Test
	void anotherProjectIsToldNothing() {
		List<Signal> signals = new RandomTelemetry(10, FROM, Duration.ofHours(1)).signals(20);
		write(signals);
		count(signals);
		makeAll();
		useAProjectOfItsOwn();
		MinuteRange range = MinuteRange.covering(FROM, FROM.plus(Duration.ofHours(1)));
		assertThat(this.rollups.services(this.project, range, LIMIT)).isEmpty();
		assertThat(this.rollups.edges(this.project, range, null, LIMIT)).isEmpty();
		assertThat(this.rollups.signalsByService(this.project, range)).isEmpty();
		assertThat(this.rollups.knows(this.project, "cart")).isFalse();
	}

	private void assertAnswers(List<Signal> all, Random random) {
		for (int most : new int[] { 1, 3, 20, 120, 200 }) {
			Instant begin = FROM.plusSeconds(random.nextInt(HOURS * 3600));
			boolean whole = most == 1 || random.nextBoolean();
			MinuteRange range = MinuteRange.covering(whole ? FROM : begin,
					whole ? FROM.plus(Duration.ofHours(HOURS + 1)) : begin.plusSeconds(60 + random.nextInt(3 * 3600)),
					most);
			List<Signal> signals = all.stream()
				.filter((signal) -> !signal.timestamp().isBefore(range.from())
						&& signal.timestamp().isBefore(range.to()))
				.toList();
			assertServices(range, signals);
			assertEdges(range, all);
			assertLogs(range, signals);
			assertSignals(range, signals);
		}
	}

	private void assertServices(MinuteRange range, List<Signal> signals) {
		Map<String, ServiceTotals> expected = services(signals);
		assertThat(this.rollups.services(this.project, range, LIMIT))
			.containsExactlyInAnyOrderElementsOf(expected.values());
		List<StepCalls> steps = new ArrayList<>();
		expected.keySet().forEach((service) -> {
			List<Span> served = served(signals, service);
			List<StepDurations> series = grouped(served, (span) -> step(range, span)).entrySet()
				.stream()
				.map((step) -> new StepDurations(step.getKey(), totals(step.getValue()), lastMinute(step.getValue())))
				.toList();
			assertThat(this.rollups.series(this.project, range, service)).isEqualTo(series);
			series.forEach((step) -> steps
				.add(new StepCalls(service, step.step(), step.totals().calls(), step.totals().errors())));
			Map<List<Object>, List<Span>> operations = grouped(
					spans(signals).stream().filter((span) -> span.serviceName().equals(service)).toList(),
					(span) -> List.of(span.name(), span.kind()));
			assertThat(this.rollups.operations(this.project, range, service, LIMIT))
				.containsExactlyInAnyOrderElementsOf(operations.entrySet()
					.stream()
					.map((entry) -> new OperationTotals((String) entry.getKey().get(0),
							(SpanKind) entry.getKey().get(1), totals(entry.getValue())))
					.toList());
			operations.forEach((key,
					some) -> assertThat(this.rollups.operation(this.project, range, service, (String) key.get(0),
							(SpanKind) key.get(1)))
						.hasValueSatisfying((found) -> assertThat(found.totals()).isEqualTo(totals(some))));
		});
		assertThat(this.rollups.calls(this.project, range, null, LIMIT)).containsExactlyInAnyOrderElementsOf(steps);
		assertThat(this.rollups.spans(this.project, range, null)).isEqualTo(stepSpans(range, spans(signals)));
		expected.keySet()
			.forEach(
					(service) -> assertThat(this.rollups.spans(this.project, range, service)).isEqualTo(stepSpans(range,
							spans(signals).stream().filter((span) -> span.serviceName().equals(service)).toList())));
	}

	// A caller may have begun before the range.
	private void assertEdges(MinuteRange range, List<Signal> all) {
		List<EdgeRollup> edges = new Recount(all).edges()
			.stream()
			.filter((edge) -> !edge.minute().isBefore(range.from()) && edge.minute().isBefore(range.to()))
			.toList();
		assertThat(this.rollups.edges(this.project, range, null, LIMIT))
			.containsExactlyInAnyOrderElementsOf(edges(edges));
		assertThat(this.rollups.edges(this.project, range, "cart", LIMIT))
			.containsExactlyInAnyOrderElementsOf(edges(edges.stream()
				.filter((edge) -> edge.caller().equals("cart") || edge.callee().equals("cart"))
				.toList()));
	}

	private void assertLogs(MinuteRange range, List<Signal> signals) {
		Map<String, List<LogRecord>> logs = grouped(of(LogRecord.class, signals), LogRecord::serviceName);
		assertThat(this.rollups.logs(this.project, range, ERRORS, LIMIT))
			.containsExactlyInAnyOrderElementsOf(logs.entrySet()
				.stream()
				.map((entry) -> new LogTotals(entry.getKey(), entry.getValue().size(),
						entry.getValue()
							.stream()
							.filter((log) -> ERRORS.contains(log.level().toUpperCase(Locale.ROOT)))
							.count(),
						lastMinute(entry.getValue())))
				.toList());
		logs.forEach((service, some) -> assertThat(this.rollups.logs(this.project, range, service))
			.containsExactlyInAnyOrderElementsOf(
					grouped(some, (log) -> List.of(step(range, log), log.level().toUpperCase(Locale.ROOT))).entrySet()
						.stream()
						.map((entry) -> new StepLogs((Integer) entry.getKey().get(0), (String) entry.getKey().get(1),
								entry.getValue().size(), lastMinute(entry.getValue())))
						.toList()));
	}

	private void assertSignals(MinuteRange range, List<Signal> signals) {
		Map<String, SignalTotals> expected = new TreeMap<>();
		signals.forEach((signal) -> {
			boolean number = signal instanceof MetricPoint point && point.value() != null
					&& Double.isFinite(point.value());
			if (!(signal instanceof MetricPoint) || number) {
				expected.merge(signal.serviceName(), new SignalTotals((signal instanceof LogRecord) ? 1 : 0,
						(signal instanceof Span) ? 1 : 0, number ? 1 : 0), SignalTotals::plus);
			}
		});
		assertThat(this.rollups.signalsByService(this.project, range)).isEqualTo(expected);
		assertThat(this.rollups.signals(this.project, range))
			.isEqualTo(expected.values().stream().reduce(SignalTotals.NONE, SignalTotals::plus));
	}

	private static List<StepSpans> stepSpans(MinuteRange range, List<Span> spans) {
		return grouped(spans, (span) -> step(range, span)).entrySet()
			.stream()
			.map((step) -> new StepSpans(step.getKey(), step.getValue().size(), totals(step.getValue()).errors()))
			.sorted(Comparator.comparingInt(StepSpans::step))
			.toList();
	}

	private static Map<String, ServiceTotals> services(List<Signal> signals) {
		return spans(signals).stream()
			.map(Span::serviceName)
			.distinct()
			.collect(Collectors.toMap(Function.identity(), (service) -> {
				List<Span> served = served(signals, service);
				return new ServiceTotals(service, totals(served), lastMinute(served));
			}));
	}

	private static List<Span> served(List<Signal> signals, String service) {
		List<Span> own = spans(signals).stream().filter((span) -> span.serviceName().equals(service)).toList();
		List<Span> entries = own.stream()
			.filter((span) -> span.kind() == SpanKind.SERVER || span.kind() == SpanKind.CONSUMER)
			.toList();
		return entries.isEmpty() ? own : entries;
	}

	private static List<EdgeTotals> edges(List<EdgeRollup> edges) {
		return grouped(edges, (edge) -> List.of(edge.caller(), edge.callee())).entrySet()
			.stream()
			.map((entry) -> new EdgeTotals(entry.getKey().get(0), entry.getKey().get(1),
					new CallTotals(entry.getValue().stream().mapToLong(EdgeRollup::calls).sum(),
							entry.getValue().stream().mapToLong(EdgeRollup::errors).sum(),
							entry.getValue()
								.stream()
								.map(EdgeRollup::durations)
								.reduce(DurationSketch.EMPTY, DurationSketch::merge)),
					entry.getValue()
						.stream()
						.map(EdgeRollup::gaps)
						.reduce(DurationSketch.EMPTY, DurationSketch::merge)))
			.toList();
	}

	private static CallTotals totals(List<Span> spans) {
		return new CallTotals(spans.size(), spans.stream().filter(Span::failed).count(),
				DurationSketch.of(spans.stream().mapToLong((span) -> span.duration().toNanos()).toArray()));
	}

	private static Instant lastMinute(List<? extends Signal> signals) {
		return signals.stream().map(Recount::minute).max(Comparator.naturalOrder()).orElseThrow();
	}

	private static int step(MinuteRange range, Signal signal) {
		return (int) (Duration.between(range.from(), signal.timestamp()).toMinutes() / range.step());
	}

	private static List<Span> spans(List<Signal> signals) {
		return of(Span.class, signals);
	}

	private static <T extends Signal> List<T> of(Class<T> type, List<Signal> signals) {
		return signals.stream().filter(type::isInstance).map(type::cast).toList();
	}

	private static <K, T> Map<K, List<T>> grouped(List<T> items, Function<T, K> key) {
		return items.stream()
			.collect(Collectors.groupingBy(key,
					() -> new TreeMap<>(Comparator.comparingInt((K k) -> (k instanceof Integer number) ? number : 0)
						.thenComparing(Object::toString)),
					Collectors.toList()));
	}

	private int makeAll() {
		int made = 0;
		while (makeOne()) {
			made++;
		}
		return made;
	}

	private boolean makeOne() {
		return Boolean.TRUE.equals(this.transactions.execute((_) -> this.hours.makeOne(Duration.ZERO)));
	}

	private int madeHours() {
		return this.jdbc.sql("select count(*) from signals.rollup_hour where project_id = ? and made")
			.param(this.project.value())
			.query(Integer.class)
			.single();
	}

	// As the worker does: an edge belongs to the minute after its caller's, too.
	private void count(List<Signal> signals) {
		signals.stream()
			.map(Recount::minute)
			.flatMap((minute) -> List.of(minute, minute.plus(Duration.ofMinutes(1))).stream())
			.distinct()
			.forEach((minute) -> this.transactions
				.executeWithoutResult((_) -> this.minutes.count(this.project, minute)));
	}

	private void write(List<? extends Signal> signals) {
		this.writer.write(this.project,
				signals.stream().map((signal) -> new Submission(signal, null, true, 1)).toList());
	}

}
