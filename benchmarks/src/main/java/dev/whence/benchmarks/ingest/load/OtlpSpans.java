package dev.whence.benchmarks.ingest.load;

import java.util.SplittableRandom;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * Trace requests: server, client and inner spans of traces of eight, 1 % failed with an
 * exception event, 3 % with another event, 2 % with a link.
 */
final class OtlpSpans {

	private static final int PER_RESOURCE = 100;

	private static final int TRACE_LENGTH = 8;

	private static final Span.SpanKind[] KINDS = { Span.SpanKind.SPAN_KIND_SERVER, Span.SpanKind.SPAN_KIND_INTERNAL,
			Span.SpanKind.SPAN_KIND_CLIENT };

	private final Slots slots;

	private final int variant;

	private final Vocabulary words;

	OtlpSpans(Slots slots, int variant) {
		this.slots = slots;
		this.variant = variant;
		this.words = new Vocabulary(new SplittableRandom(variant));
	}

	ExportTraceServiceRequest request(int spans) {
		ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
		for (int first = 0; first < spans; first += PER_RESOURCE) {
			String service = Vocabulary.SERVICES
				.get((this.variant + first / PER_RESOURCE) % Vocabulary.SERVICES.size());
			ScopeSpans.Builder scope = ScopeSpans.newBuilder().setScope(this.words.scope(service));
			for (int i = first; i < Math.min(first + PER_RESOURCE, spans); i++) {
				scope.addSpans(span(i, service));
			}
			request.addResourceSpans(
					ResourceSpans.newBuilder().setResource(this.words.resource(service)).addScopeSpans(scope));
		}
		return request.build();
	}

	private Span span(int i, String service) {
		String route = this.words.oneOf(Vocabulary.ROUTES);
		String method = this.words.oneOf(Vocabulary.METHODS);
		int duration = 200_000 + this.words.below(60_000_000);
		Span.Builder span = Span.newBuilder()
			.setTraceId(this.slots.trace(i))
			.setSpanId(this.slots.span(i, 0))
			.setName(method + " " + route)
			.setKind(KINDS[i % KINDS.length])
			.setStartTimeUnixNano(this.slots.time(i, 0))
			.setEndTimeUnixNano(this.slots.time(i, duration))
			.setFlags(0x101)
			.addAttributes(Vocabulary.text("http.request.method", method))
			.addAttributes(Vocabulary.text("http.route", route))
			.addAttributes(Vocabulary.number("http.response.status_code", 200))
			.addAttributes(Vocabulary.text("server.address", service + ".shop.svc"))
			.addAttributes(Vocabulary.number("server.port", 8080))
			.addAttributes(Vocabulary.text("network.protocol.version", "1.1"))
			.addAttributes(Vocabulary.text("request.id", this.slots.unique(i)));
		if (i % TRACE_LENGTH != 0) {
			span.setParentSpanId(this.slots.span(i, -1));
		}
		if (this.words.perMille(10)) {
			span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage("refused"))
				.addAttributes(Vocabulary.text("error.type", "java.lang.IllegalStateException"))
				.addEvents(Span.Event.newBuilder()
					.setName("exception")
					.setTimeUnixNano(this.slots.time(i, duration / 2))
					.addAttributes(Vocabulary.text("exception.type", "java.lang.IllegalStateException"))
					.addAttributes(Vocabulary.text("exception.message", "upstream refused the order"))
					.addAttributes(Vocabulary.text("exception.stacktrace", this.words.stackTrace(service))));
		}
		if (this.words.perMille(30)) {
			span.addEvents(Span.Event.newBuilder()
				.setName("cache.miss")
				.setTimeUnixNano(this.slots.time(i, duration / 3))
				.addAttributes(Vocabulary.text("cache.key", "price-list")));
		}
		if (this.words.perMille(20)) {
			span.addLinks(Span.Link.newBuilder()
				.setTraceId(this.words.eightBytes().concat(this.words.eightBytes()))
				.setSpanId(this.words.eightBytes()));
		}
		return span.build();
	}

}
