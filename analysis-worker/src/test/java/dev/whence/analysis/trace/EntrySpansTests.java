package dev.whence.analysis.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.whence.model.Problem;
import dev.whence.model.Severity;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EntrySpansTests {

	@ParameterizedTest
	@CsvSource({ "SERVER, HIGH", "CONSUMER, HIGH", "CLIENT, MEDIUM", "INTERNAL, MEDIUM" })
	void anEntryBelowAProxyThatReportsElsewhereIsAsSevereAsARoot(SpanKind kind, Severity severity) {
		Span orphan = span("s1", "of-the-proxy", kind);
		assertThat(EntrySpans.raise(List.of(problem(orphan)), List.of(orphan))).singleElement()
			.satisfies((problem) -> assertThat(problem.severity()).isEqualTo(severity));
	}

	@Test
	void aSpanWhoseParentIsThereStaysAnInnerOne() {
		Span root = span("s0", null, SpanKind.SERVER);
		Span inner = span("s1", "s0", SpanKind.SERVER);
		assertThat(EntrySpans.raise(List.of(problem(inner)), List.of(inner, root))).containsExactly(problem(inner));
	}

	@Test
	void aProblemWhoseSignalIsNotThereIsLeftAlone() {
		Span gone = span("s1", "s0", SpanKind.SERVER);
		assertThat(EntrySpans.raise(List.of(problem(gone)), List.of())).containsExactly(problem(gone));
	}

	private static Problem problem(Span span) {
		return new Problem(span.signalId(), SignalType.TRACE, span.traceId(), span.serviceName(), span.timestamp(),
				Severity.MEDIUM, "f", "failed");
	}

	private static Span span(String id, String parent, SpanKind kind) {
		return new Span(UUID.randomUUID(), new TraceId("t"), id, parent, "shop", "GET /pay", kind, Instant.EPOCH,
				Duration.ofMillis(5), "ERROR", null, Map.of(), Map.of(), Map.of());
	}

}
