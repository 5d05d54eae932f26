package dev.whence.query.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.query.signal.SignalView;
import dev.whence.store.Submission;
import dev.whence.store.memory.InMemorySignals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/** What a trace is shown as, from the store in memory. */
class TraceControllerTests {

	private static final Instant START = Instant.parse("2026-01-19T01:02:03Z");

	private final InMemorySignals signals = new InMemorySignals();

	private final TraceController controller = new TraceController(this.signals, new TraceProperties(5));

	@Test
	void traceIsShownOldestFirstAndToItsProjectAlone() {
		TraceId trace = new TraceId("req-1a2b3c4d");
		Signal last = log(2, trace);
		Signal second = span(1, trace);
		Signal first = log(0, trace);
		store(ProjectId.DEFAULT, last, second, first);
		store(new ProjectId(2), log(3, trace));
		assertThat(shown("req-1a2b3c4d")).extracting(SignalView::id)
			.containsExactly(first.signalId(), second.signalId(), last.signalId());
	}

	@Test
	void differentSpansWithOneIdAreAllThereAndMarked() {
		TraceId trace = new TraceId("reused-span-id");
		store(ProjectId.DEFAULT, span(1, trace), span(2, trace), log(3, trace));
		assertThat(shown("reused-span-id")).extracting(SignalView::spanIdReused).containsExactly(true, true, null);
	}

	@Test
	void hexadecimalTraceIsFoundInEitherCase() {
		store(ProjectId.DEFAULT, log(0, new TraceId("4bf92f3577b34da6a3ce929d0e0e4736")));
		assertThat(shown("4BF92F3577B34DA6A3CE929D0E0E4736")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unknown", "' or 1=1--", "ünknown" })
	void unknownTraceIsEmpty(String trace) {
		assertThat(shown(trace)).isEmpty();
	}

	@Test
	void overlongIdIsUnknown() {
		assertThat(shown("x".repeat(129))).isEmpty();
	}

	@Test
	void longTraceIsCutAndSaysSo() {
		TraceId trace = new TraceId("long");
		Signal[] logs = IntStream.rangeClosed(0, 5).mapToObj((i) -> log(i, trace)).toArray(Signal[]::new);
		store(ProjectId.DEFAULT, logs);
		ResponseEntity<List<SignalView>> answer = this.controller.trace(ProjectId.DEFAULT, "long");
		assertThat(answer.getHeaders().getFirst("X-Truncated")).isEqualTo("true");
		assertThat(answer.getBody()).extracting(SignalView::id)
			.containsExactlyElementsOf(Stream.of(logs).limit(5).map(Signal::signalId).toList());
	}

	private List<SignalView> shown(String trace) {
		ResponseEntity<List<SignalView>> answer = this.controller.trace(ProjectId.DEFAULT, trace);
		assertThat(answer.getHeaders().containsHeader("X-Truncated")).isFalse();
		return answer.getBody();
	}

	private void store(ProjectId project, Signal... some) {
		this.signals.write(project,
				Stream.of(some).map((signal) -> new Submission(signal, null, true, signal.hashCode())).toList());
	}

	private static Signal log(int second, TraceId trace) {
		return new LogRecord(UUID.randomUUID(), trace, null, "payment", START.plusSeconds(second), "INFO",
				"message " + second, Map.of(), Map.of(), Map.of());
	}

	private static Signal span(int second, TraceId trace) {
		return new Span(UUID.randomUUID(), trace, "s1", null, "payment", "", SpanKind.UNSPECIFIED,
				START.plusSeconds(second), Duration.ofNanos(12_500_000), "ok", null, Map.of(), Map.of(), Map.of());
	}

}
