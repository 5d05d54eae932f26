package dev.whence.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.model.LogRecord;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Reading a whole interval, or a part of it that stands for the whole. */
@SpringBootTest(classes = SignalStoreIT.Application.class, properties = "whence.signal-store.migrate=true")
@WithPostgres
class SignalIntervalIT {

	private static final AtomicInteger PROJECTS = new AtomicInteger(500);

	private static final Instant FROM = Instant.now().truncatedTo(ChronoUnit.MINUTES);

	private static final Instant TO = FROM.plusSeconds(60);

	private static final Set<SignalType> ALL = EnumSet.allOf(SignalType.class);

	@Autowired
	SignalWriter writer;

	@Autowired
	SignalReader reader;

	private ProjectId project = ProjectId.DEFAULT;

	@BeforeEach
	void useAProjectOfItsOwn() {
		this.project = new ProjectId(PROJECTS.incrementAndGet());
	}

	@Test
	void theIntervalIsReadOldestFirstWithItsBeginningAndWithoutItsEnd() {
		TraceId trace = new TraceId("t-" + UUID.randomUUID());
		List<Signal> inside = List.of(span(trace, FROM), log(trace, FROM.plusSeconds(1)), point(FROM.plusSeconds(59)));
		write(inside);
		write(List.of(log(trace, FROM.minusNanos(1)), log(trace, TO)));
		assertThat(this.reader.between(this.project, FROM, TO, ALL, 10)).isEqualTo(inside);
		assertThat(this.reader.between(this.project, FROM, TO, ALL, 2)).isEqualTo(inside.subList(0, 2));
		assertThat(this.reader.between(this.project, FROM, TO, EnumSet.of(SignalType.METRIC), 10))
			.isEqualTo(inside.subList(2, 3));
		assertThat(this.reader.between(this.project, FROM, TO, Set.of(), 10)).isEmpty();
		assertThat(this.reader.sampled(this.project, FROM, TO, ALL, 3)).isEqualTo(new SampledSignals(inside, 1));
	}

	@Test
	void aSampleHoldsWholeTracesOfTheWholeInterval() {
		List<Signal> signals = new ArrayList<>();
		for (int i = 0; i < 2_000; i++) {
			TraceId trace = new TraceId("t-" + UUID.randomUUID());
			Instant time = FROM.plusMillis(i * 30L);
			signals.addAll(List.of(span(trace, time), log(trace, time.plusNanos(1)), log(null, time.plusNanos(2))));
		}
		write(signals);
		SampledSignals sample = this.reader.sampled(this.project, FROM, TO, ALL, 1_000);
		assertThat(sample.share()).isCloseTo(0.15, within(0.01));
		assertThat(sample.signals()).hasSizeBetween(700, 1_000);
		Map<TraceId, Long> byTrace = sample.signals()
			.stream()
			.filter((signal) -> signal.traceId() != null)
			.collect(Collectors.groupingBy(Signal::traceId, Collectors.counting()));
		assertThat(byTrace).hasSizeBetween(200, 400);
		assertThat(byTrace.values()).containsOnly(2L);
		assertThat(sample.signals().getLast().timestamp()).as("the end is in it too").isAfter(FROM.plusSeconds(58));
		assertThat(this.reader.sampled(this.project, FROM, TO, ALL, 1_000)).as("every time the same").isEqualTo(sample);
		assertThat(IntStream.range(1, sample.signals().size()))
			.allMatch((i) -> !sample.signals().get(i).timestamp().isBefore(sample.signals().get(i - 1).timestamp()));
	}

	private void write(List<Signal> signals) {
		this.writer.write(this.project,
				signals.stream().map((signal) -> new Submission(signal, null, true, 1)).toList());
	}

	private static Span span(TraceId trace, Instant time) {
		return new Span(UUID.randomUUID(), trace, "s1", null, "shop", "op", SpanKind.SERVER, time, Duration.ofMillis(1),
				"OK", null, Map.of(), Map.of(), Map.of());
	}

	private static LogRecord log(TraceId trace, Instant time) {
		return new LogRecord(UUID.randomUUID(), trace, null, "shop", time, "INFO", "hello", Map.of(), Map.of(),
				Map.of());
	}

	private static MetricPoint point(Instant time) {
		return new MetricPoint(UUID.randomUUID(), null, "shop", time, "cpu", MetricKind.GAUGE, 1.0, "1", Map.of(),
				Map.of(), Map.of());
	}

}
