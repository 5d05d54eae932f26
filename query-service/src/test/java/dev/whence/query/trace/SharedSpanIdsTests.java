package dev.whence.query.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;

import static org.assertj.core.api.Assertions.assertThat;

/** When a span id is not one span's alone. */
class SharedSpanIdsTests {

	@Test
	void spansWithIdsOfTheirOwnAreFine() {
		assertThat(SharedSpanIds.in(List.of(span("a", SpanKind.INTERNAL), span("b", SpanKind.INTERNAL)))).isEmpty();
	}

	@Test
	void theTwoSidesOfAZipkinCallMayShareOne() {
		assertThat(SharedSpanIds.in(List.of(span("a", SpanKind.CLIENT), span("a", SpanKind.SERVER)))).isEmpty();
	}

	@Test
	void twoSpansOfOneSideMayNot() {
		Span client = span("a", SpanKind.CLIENT);
		Span server = span("a", SpanKind.SERVER);
		Span again = span("a", SpanKind.SERVER);
		assertThat(SharedSpanIds.in(List.of(client, server, again))).containsExactlyInAnyOrder(server.signalId(),
				again.signalId());
	}

	private static Span span(String id, SpanKind kind) {
		return new Span(UUID.randomUUID(), new TraceId("t"), id, null, "shop", "GET /", kind, Instant.EPOCH,
				Duration.ZERO, "OK", null, Map.of(), Map.of(), Map.of());
	}

}
