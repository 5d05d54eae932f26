package dev.whence.standalone.demo;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import dev.whence.standalone.demo.CompetitorSearch.Outcome;
import dev.whence.standalone.demo.CompetitorSearch.Product;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * A search as an application tells of it that knows OpenTelemetry and nothing of Whence:
 * an agent, a model, a retrieval, and a selection.
 */
final class CompetitorSpans {

	private static final long MILLISECOND = 1_000_000;

	private final RandomGenerator random;

	private final UUID trace;

	private final ByteString root;

	private final long start;

	CompetitorSpans(RandomGenerator random, Instant start) {
		this.random = random;
		this.trace = new UUID(random.nextLong(), random.nextLong());
		this.root = spanId();
		this.start = start.getEpochSecond() * 1_000_000_000 + start.getNano();
	}

	/** The run that Whence makes of the trace. */
	UUID runId() {
		return this.trace;
	}

	ExportTraceServiceRequest of(Outcome outcome) {
		ScopeSpans.Builder spans = ScopeSpans.newBuilder();
		spans.addSpans(span("invoke_agent competitor search", 0, 900).setSpanId(this.root)
			.addAttributes(text("gen_ai.operation.name", "invoke_agent"))
			.addAttributes(text("gen_ai.agent.name", CompetitorSearch.NAME + " (spans)")));
		spans.addSpans(child("chat gpt-4o", 10, 400).addAttributes(text("gen_ai.operation.name", "chat"))
			.addAttributes(text("gen_ai.request.model", "gpt-4o"))
			.addAttributes(number("gen_ai.usage.input_tokens", 428))
			.addAttributes(number("gen_ai.usage.output_tokens", 35)));
		spans.addSpans(child("search", 420, 80).addAttributes(text("openinference.span.kind", "RETRIEVER"))
			.addAllAttributes(documents("retrieval.documents", outcome.found().stream().limit(50).toList())));
		spans.addSpans(child("same category", 510, 20).addAttributes(ids("retrieval.document_ids", outcome.liked()))
			.addAttributes(ids("selection.document_ids", outcome.left())));
		return ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder()
				.setResource(Resource.newBuilder().addAttributes(text("service.name", "pricing-assistant")))
				.addScopeSpans(spans))
			.build();
	}

	private Span.Builder child(String name, long afterMillis, long millis) {
		return span(name, afterMillis, millis).setSpanId(spanId()).setParentSpanId(this.root);
	}

	private Span.Builder span(String name, long afterMillis, long millis) {
		return Span.newBuilder()
			.setTraceId(ByteString.copyFrom(ByteBuffer.allocate(16)
				.putLong(this.trace.getMostSignificantBits())
				.putLong(this.trace.getLeastSignificantBits())
				.array()))
			.setName(name)
			.setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
			.setStartTimeUnixNano(this.start + afterMillis * MILLISECOND)
			.setEndTimeUnixNano(this.start + (afterMillis + millis) * MILLISECOND);
	}

	private ByteString spanId() {
		return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(this.random.nextLong() | 1).array());
	}

	private static List<KeyValue> documents(String prefix, List<Product> products) {
		return IntStream.range(0, products.size())
			.mapToObj((i) -> text(prefix + "." + i + ".document.id", products.get(i).id()))
			.toList();
	}

	private static KeyValue ids(String key, List<Product> products) {
		ArrayValue.Builder ids = ArrayValue.newBuilder();
		products.forEach((product) -> ids.addValues(AnyValue.newBuilder().setStringValue(product.id())));
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setArrayValue(ids)).build();
	}

	private static KeyValue text(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

	private static KeyValue number(String key, long value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setIntValue(value)).build();
	}

}
