package dev.whence.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
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
import dev.whence.store.outbox.OutboxMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What every pair of {@link SignalWriter} and {@link SignalReader} promises. */
abstract class SignalStoreKit {

	/** To be given to the store: says which problems were stored. */
	static final ProblemAnnouncer ANNOUNCER = (_, stored) -> stored.stream()
		.map((problem) -> new OutboxMessage("test", String.valueOf(problem.traceId()), "{}"))
		.toList();

	static final Instant TIME = Instant.parse("2026-03-01T10:00:00.123456789Z");

	private static final AtomicInteger PROJECTS = new AtomicInteger(500);

	private static final Instant FROM = Instant.now().truncatedTo(ChronoUnit.MINUTES);

	private static final Instant TO = FROM.plusSeconds(60);

	private static final Set<SignalType> ALL = EnumSet.allOf(SignalType.class);

	/** Of this test alone. */
	ProjectId project = ProjectId.DEFAULT;

	abstract SignalWriter writer();

	abstract SignalReader reader();

	/** What was announced since the last call. */
	abstract List<OutboxMessage> takeAnnounced();

	@BeforeEach
	void useAProjectOfItsOwn() {
		this.project = new ProjectId(PROJECTS.incrementAndGet());
	}

	@Test
	void everyKindOfSignalComesBackAsItWasWritten() {
		TraceId trace = new TraceId("req-" + UUID.randomUUID());
		List<Signal> signals = List.of(log(UUID.randomUUID(), trace, TIME), span(trace, TIME.plusNanos(1)),
				point(trace, TIME.plusNanos(2)));
		writer().write(this.project, signals.stream().map((signal) -> submission(signal, true)).toList());
		assertThat(reader().ofTraces(this.project, List.of(trace), 10)).isEqualTo(signals);
	}

	@Test
	void whoeverKnowsWhenTracesHappenedFindsThemToo() {
		TraceId one = new TraceId("when-" + UUID.randomUUID());
		TraceId other = new TraceId("when-" + UUID.randomUUID());
		List<Signal> signals = List.of(span(one, TIME), log(UUID.randomUUID(), other, TIME.plusNanos(1)),
				span(one, TIME.plusSeconds(1)));
		writer().write(this.project, signals.stream().map((signal) -> submission(signal, true)).toList());
		List<TraceId> both = List.of(one, other);
		assertThat(reader().ofTraces(this.project, both, TIME, TIME.plusSeconds(1), 10)).isEqualTo(signals);
		assertThat(reader().ofTraces(this.project, both, Instant.MIN, Instant.MAX, 10)).isEqualTo(signals);
		assertThat(reader().ofTraces(this.project, List.of(one), TIME, TIME.plusSeconds(1), 1))
			.containsExactly(signals.getFirst());
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
		assertThat(reader().ofTraces(this.project, List.of(trace), 10)).containsExactly(first);
	}

	@Test
	void theSameIdTwiceInOneCallIsStoredOnce() {
		Signal signal = log(UUID.randomUUID(), new TraceId("twice-" + UUID.randomUUID()), TIME);
		assertThat(writer().write(this.project, List.of(submission(signal, true), submission(signal, true))))
			.containsExactly(WriteOutcome.STORED, WriteOutcome.DUPLICATE);
	}

	@Test
	void anotherProjectMayUseTheSameId() {
		Signal signal = log(UUID.randomUUID(), new TraceId("tenants-" + UUID.randomUUID()), TIME);
		assertThat(write(signal, true)).isEqualTo(WriteOutcome.STORED);
		assertThat(writer().write(new ProjectId(2), List.of(submission(signal, true))))
			.containsExactly(WriteOutcome.STORED);
		assertThat(reader().ofTraces(this.project, List.of(signal.traceId()), 10)).hasSize(1);
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
				return writer().write(this.project, shuffled);
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
		assertThat(reader().ofTraces(this.project, List.of(trace), 1000)).hasSize(40);
	}

	@Test
	void onlyProblemsThatWereNewlyStoredAreAnnounced() {
		takeAnnounced();
		TraceId trace = new TraceId("announced-" + UUID.randomUUID());
		Signal signal = log(UUID.randomUUID(), trace, TIME);
		Problem problem = new Problem(signal.signalId(), SignalType.LOG, trace, "payment", TIME, Severity.HIGH, "f1",
				"Payment failed");
		Submission submission = new Submission(signal, problem, true, 1);
		writer().write(this.project, List.of(submission));
		writer().write(this.project, List.of(submission));
		assertThat(takeAnnounced()).containsExactly(new OutboxMessage("test", trace.value(), "{}"));
		assertThat(reader().problems(this.project, ProblemSubject.of(problem), 10)).containsExactly(problem);
		assertThat(reader().byProblems(this.project, List.of(problem))).containsExactly(signal);
	}

	@Test
	void problemsAreReadFromEitherEndAndWithinARange() {
		String fingerprint = "f-" + UUID.randomUUID();
		List<Problem> problems = IntStream.range(0, 6)
			.mapToObj((i) -> new Problem(UUID.randomUUID(), SignalType.LOG, (i == 5) ? new TraceId("elsewhere") : null,
					"payment", TIME.plusSeconds(i), Severity.HIGH, fingerprint, "Payment failed"))
			.toList();
		problems.forEach((problem) -> writer().write(this.project, List
			.of(new Submission(log(problem.signalId(), problem.traceId(), problem.timestamp()), problem, true, 1))));
		ProblemSubject subject = new ProblemSubject(ProblemSubject.Kind.FINGERPRINT, fingerprint);
		assertThat(reader().problems(this.project, subject, 10)).as("without those of a trace")
			.isEqualTo(problems.subList(0, 5));
		assertThat(reader().problems(this.project, subject, 2)).isEqualTo(problems.subList(0, 2));
		assertThat(reader().latestProblems(this.project, subject, 2)).isEqualTo(problems.subList(3, 5));
		assertThat(reader().problems(this.project, subject, TIME.plusSeconds(1), TIME.plusSeconds(3), 10))
			.isEqualTo(problems.subList(1, 4));
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
		assertThat(reader().search(this.project, filter, 2, 1)).containsExactly(logs.get(2), logs.get(1));
		assertThat(reader().count(this.project, filter, 1000)).isEqualTo(3);
		assertThat(reader().count(this.project, filter, 2)).isEqualTo(2);
	}

	@Test
	void signalsOfOneTimeAreReadOnceEachPageByPageFromEitherEnd() {
		TraceId trace = new TraceId("one-moment-" + UUID.randomUUID());
		List<Signal> signals = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			signals.add(log(UUID.randomUUID(), trace, FROM));
			signals.add(span(trace, FROM));
			signals.add(point(trace, FROM));
		}
		write(signals);
		signals.sort(Comparator.comparing(Position::of));
		List<Signal> byOffset = new ArrayList<>();
		List<Signal> byKey = new ArrayList<>(reader().search(this.project, SignalFilter.ALL, 7, 0));
		List<Signal> oldestFirst = new ArrayList<>(reader().between(this.project, FROM, TO, ALL, 7));
		for (int page = 0; page < 13; page++) {
			byOffset.addAll(reader().search(this.project, SignalFilter.ALL, 7, page * 7L));
			byKey.addAll(reader().searchBefore(this.project, SignalFilter.ALL, Position.of(byKey.getLast()), 7));
			oldestFirst
				.addAll(reader().betweenAfter(this.project, FROM, TO, ALL, Position.of(oldestFirst.getLast()), 7));
		}
		assertThat(byOffset).isEqualTo(signals.reversed());
		assertThat(byKey).isEqualTo(signals.reversed());
		assertThat(oldestFirst).isEqualTo(signals);
	}

	@Test
	void pagesByKeyStayWithinTheirFilter() {
		List<Signal> logs = IntStream.range(0, 6)
			.<Signal>mapToObj((i) -> log(UUID.randomUUID(), null, FROM.plusSeconds(i)))
			.toList();
		write(logs);
		write(List.of(point(null, FROM.plusSeconds(1))));
		SignalFilter filter = new SignalFilter(null, "payment", SignalType.LOG, FROM.plusSeconds(1),
				FROM.plusSeconds(4));
		assertThat(reader().searchBefore(this.project, filter, Position.of(logs.get(3)), 10))
			.containsExactly(logs.get(2), logs.get(1));
		assertThat(reader().searchBefore(this.project, filter, Position.of(logs.get(5)), 1))
			.containsExactly(logs.get(4));
	}

	@Test
	void whenProblemsWereStoredIsKnown() {
		Instant before = Instant.now().minusMillis(1);
		TraceId trace = new TraceId("stored-at-" + UUID.randomUUID());
		Signal signal = log(UUID.randomUUID(), trace, TIME);
		Problem problem = new Problem(signal.signalId(), SignalType.LOG, trace, "payment", TIME, Severity.HIGH, "f1",
				"Payment failed");
		writer().write(this.project, List.of(new Submission(signal, problem, true, 1)));
		Instant stored = reader().storedAt(this.project, List.of(problem)).get(signal.signalId());
		assertThat(stored).isBetween(before, Instant.now().plusMillis(1));
		assertThat(reader().subjectsStoredSince(before, 1_000))
			.contains(new StoredSubject(this.project, ProblemSubject.of(problem), stored));
		assertThat(reader().subjectsStoredSince(stored.plusMillis(1), 1_000)).extracting(StoredSubject::project)
			.doesNotContain(this.project);
		assertThat(reader().storedAt(new ProjectId(77), List.of(problem))).isEmpty();
	}

	@Test
	void theIntervalIsReadOldestFirstWithItsBeginningAndWithoutItsEnd() {
		TraceId trace = new TraceId("t-" + UUID.randomUUID());
		List<Signal> inside = List.of(span(trace, FROM), log(UUID.randomUUID(), trace, FROM.plusSeconds(1)),
				point(null, FROM.plusSeconds(59)));
		write(inside);
		write(List.of(log(UUID.randomUUID(), trace, FROM.minusNanos(1)), log(UUID.randomUUID(), trace, TO)));
		assertThat(reader().between(this.project, FROM, TO, ALL, 10)).isEqualTo(inside);
		assertThat(reader().between(this.project, FROM, TO, ALL, 2)).isEqualTo(inside.subList(0, 2));
		assertThat(reader().between(this.project, FROM, TO, EnumSet.of(SignalType.METRIC), 10))
			.isEqualTo(inside.subList(2, 3));
		assertThat(reader().between(this.project, FROM, TO, Set.of(), 10)).isEmpty();
		assertThat(reader().sampled(this.project, FROM, TO, ALL, 3)).isEqualTo(new SampledSignals(inside, 1));
	}

	@Test
	void aSampleHoldsWholeTracesOfTheWholeInterval() {
		List<Signal> signals = new ArrayList<>();
		for (int i = 0; i < 2_000; i++) {
			TraceId trace = new TraceId("t-" + UUID.randomUUID());
			Instant time = FROM.plusMillis(i * 30L);
			signals.addAll(List.of(span(trace, time), log(UUID.randomUUID(), trace, time.plusNanos(1)),
					log(UUID.randomUUID(), null, time.plusNanos(2))));
		}
		write(signals);
		SampledSignals sample = reader().sampled(this.project, FROM, TO, ALL, 1_000);
		assertThat(sample.share()).isCloseTo(0.15, within(0.01));
		assertThat(sample.signals()).hasSizeBetween(700, 1_000);
		Map<TraceId, Long> byTrace = sample.signals()
			.stream()
			.filter((signal) -> signal.traceId() != null)
			.collect(Collectors.groupingBy(Signal::traceId, Collectors.counting()));
		assertThat(byTrace).hasSizeBetween(200, 400);
		assertThat(byTrace.values()).containsOnly(2L);
		assertThat(sample.signals().getLast().timestamp()).as("the end is in it too").isAfter(FROM.plusSeconds(58));
		assertThat(reader().sampled(this.project, FROM, TO, ALL, 1_000)).as("every time the same").isEqualTo(sample);
		assertThat(IntStream.range(1, sample.signals().size()))
			.allMatch((i) -> !sample.signals().get(i).timestamp().isBefore(sample.signals().get(i - 1).timestamp()));
	}

	@Test
	void aSampleIsHandedOverWithoutBeingInMemory() {
		List<Signal> signals = IntStream.range(0, 4_000)
			.<Signal>mapToObj((i) -> log(UUID.randomUUID(), null, FROM.plusMillis(i / 2)))
			.toList();
		write(signals);
		List<Signal> handed = new ArrayList<>();
		assertThat(reader().sampled(this.project, FROM, TO, ALL, 4_000, handed::add)).isEqualTo(1);
		assertThat(handed).hasSize(4_000)
			.isSortedAccordingTo(Comparator.comparing(Position::of))
			.containsExactlyInAnyOrderElementsOf(signals);
		List<Signal> some = new ArrayList<>();
		double share = reader().sampled(this.project, FROM, TO, ALL, 2_000, some::add);
		assertThat(new SampledSignals(some, share)).isEqualTo(reader().sampled(this.project, FROM, TO, ALL, 2_000));
		assertThat(reader().sampled(this.project, FROM, TO, Set.of(), 10, some::add)).isEqualTo(1);
	}

	WriteOutcome write(Signal signal, boolean idFromClient) {
		return writer().write(this.project, List.of(submission(signal, idFromClient))).getFirst();
	}

	private void write(List<Signal> signals) {
		writer().write(this.project, signals.stream().map((signal) -> submission(signal, true)).toList());
	}

	static Submission submission(Signal signal, boolean idFromClient) {
		return new Submission(signal, null, idFromClient, signal.hashCode());
	}

	private long stored(Signal signal) {
		return reader().search(this.project, SignalFilter.ALL, 1_000, 0)
			.stream()
			.filter((found) -> found.signalId().equals(signal.signalId()))
			.count();
	}

	static LogRecord log(UUID id, @Nullable TraceId trace, Instant time) {
		Map<String, @Nullable Object> attributes = new java.util.LinkedHashMap<>();
		attributes.put("order_id", "o-1");
		attributes.put("retry", true);
		attributes.put("count", 3);
		attributes.put("nothing", null);
		attributes.put("nested", Map.of("list", List.of("a", "b")));
		return new LogRecord(id, trace, null, "payment", time, "ERROR", "Payment failed", attributes, Map.of(),
				Map.of());
	}

	static Span span(TraceId trace, Instant time) {
		return new Span(UUID.randomUUID(), trace, "s2", "00f067aa0ba902b7", "payment", "POST /pay", SpanKind.SERVER,
				time, Duration.ofNanos(123_400_001), "ERROR", "declined", Map.of(), Map.of("service.version", "1.2"),
				Map.of("flags", 1));
	}

	static MetricPoint point(@Nullable TraceId trace, Instant time) {
		return new MetricPoint(UUID.randomUUID(), trace, "payment", time, "http_request_latency", MetricKind.GAUGE,
				2000.5, "ms", Map.of(), Map.of(), Map.of());
	}

}
