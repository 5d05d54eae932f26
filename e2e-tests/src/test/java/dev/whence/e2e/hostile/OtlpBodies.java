package dev.whence.e2e.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import tools.jackson.databind.JsonNode;

/** Binary OTLP that the list describes by its fault. */
final class OtlpBodies {

	private static final int TOO_MANY_ATTRIBUTES = 1100;

	private OtlpBodies() {
	}

	static byte[] of(JsonNode gen) {
		String signal = gen.path("signal").asString("metrics");
		return switch (gen.get("kind").asString()) {
			case "otlp_anyvalue_nest" -> nested(signal, gen.get("depth").asInt());
			case "otlp_partial" -> records(signal, "bad-input", gen.get("good").asInt(), gen.get("bad").asInt());
			case "otlp_replay" -> records(signal, "bad-input", 1, 0);
			case "otlp_nul" -> records(signal, "bad\0input", 1, 0);
			case "otlp_span" -> spans("bad-input",
					span().setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(gen.get("trace_id").asString())))
						.build());
			case "otlp_hist" -> metrics("bad-input", Metric.newBuilder()
				.setName("histogram")
				.setHistogram(Histogram.newBuilder()
					.addDataPoints(HistogramDataPoint.newBuilder()
						.setTimeUnixNano(now())
						.setCount(3)
						.addAllBucketCounts(IntStream.range(0, gen.get("counts").asInt()).mapToObj((_) -> 1L).toList())
						.addAllExplicitBounds(
								IntStream.range(0, gen.get("bounds").asInt()).mapToObj((n) -> (double) n).toList())))
				.build());
			case "otlp_exphist" -> metrics("bad-input",
					Metric.newBuilder()
						.setName("exponential")
						.setExponentialHistogram(ExponentialHistogram.newBuilder()
							.addDataPoints(ExponentialHistogramDataPoint.newBuilder()
								.setTimeUnixNano(now())
								.setCount(1)
								.setScale(gen.get("scale").asInt())
								.setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder().addBucketCounts(1))))
						.build());
			case "otlp_cardinality" -> metrics("bad-input",
					Metric.newBuilder()
						.setName("cardinality")
						.setGauge(Gauge.newBuilder()
							.addAllDataPoints(IntStream.range(0, gen.get("series").asInt())
								.mapToObj((n) -> point().addAttributes(attribute("key-" + n, "v")).build())
								.toList()))
						.build());
			default -> throw new IllegalArgumentException(gen.toString());
		};
	}

	private static byte[] records(String signal, String service, int good, int bad) {
		return switch (signal) {
			case "logs" -> logs(service, IntStream.range(0, good + bad).mapToObj((n) -> {
				LogRecord.Builder log = LogRecord.newBuilder()
					.setTimeUnixNano(now() + n)
					.setBody(AnyValue.newBuilder().setStringValue("log " + UUID.randomUUID()));
				for (int key = 0; n < bad && key < TOO_MANY_ATTRIBUTES; key++) {
					log.addAttributes(attribute("key-" + key, "v"));
				}
				return log.build();
			}).toArray(LogRecord[]::new));
			case "traces" -> spans(service,
					IntStream.range(0, good + bad)
						.mapToObj((n) -> (n < bad) ? span().clearSpanId().build() : span().build())
						.toArray(Span[]::new));
			default -> metrics(service,
					IntStream.range(0, good + bad)
						.mapToObj((n) -> Metric.newBuilder()
							.setName((n < bad) ? "" : "metric-" + n)
							.setGauge(Gauge.newBuilder().addDataPoints(point()))
							.build())
						.toArray(Metric[]::new));
		};
	}

	/**
	 * One record with an attribute of arrays in arrays. Written from the inside, since
	 * the library would need a stack as deep.
	 */
	private static byte[] nested(String signal, int depth) {
		ByteString value = field(1, ByteString.copyFromUtf8("x"));
		for (int n = 0; n < depth; n++) {
			value = field(5, field(1, value));
		}
		ByteString attribute = field(1, ByteString.copyFromUtf8("deep")).concat(field(2, value));
		ByteString record = switch (signal) {
			case "logs" -> field(6, attribute);
			case "traces" -> span().build().toByteString().concat(field(9, attribute));
			default -> field(1, ByteString.copyFromUtf8("deep"))
				.concat(field(5, field(1, point().build().toByteString().concat(field(7, attribute)))));
		};
		return field(1, field(2, field(2, record))).toByteArray();
	}

	private static ByteString field(int number, ByteString content) {
		ByteString.Output head = ByteString.newOutput(8);
		CodedOutputStream out = CodedOutputStream.newInstance(head);
		try {
			out.writeTag(number, 2);
			out.writeUInt32NoTag(content.size());
			out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return head.toByteString().concat(content);
	}

	private static byte[] logs(String service, LogRecord... logs) {
		ResourceLogs.Builder resource = ResourceLogs.newBuilder().setResource(resource(service));
		resource.addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(logs)));
		return ExportLogsServiceRequest.newBuilder().addResourceLogs(resource).build().toByteArray();
	}

	private static byte[] spans(String service, Span... spans) {
		ResourceSpans.Builder resource = ResourceSpans.newBuilder().setResource(resource(service));
		resource.addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans)));
		return ExportTraceServiceRequest.newBuilder().addResourceSpans(resource).build().toByteArray();
	}

	private static byte[] metrics(String service, Metric... metrics) {
		ResourceMetrics.Builder resource = ResourceMetrics.newBuilder().setResource(resource(service));
		resource.addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics)));
		return ExportMetricsServiceRequest.newBuilder().addResourceMetrics(resource).build().toByteArray();
	}

	private static Span.Builder span() {
		byte[] random = UUID.randomUUID().toString().replace("-", "").substring(0, 16).getBytes(StandardCharsets.UTF_8);
		return Span.newBuilder()
			.setTraceId(ByteString.copyFrom(random))
			.setSpanId(ByteString.copyFrom(random, 8, 8))
			.setName("span")
			.setStartTimeUnixNano(now())
			.setEndTimeUnixNano(now() + 1000);
	}

	private static NumberDataPoint.Builder point() {
		return NumberDataPoint.newBuilder().setTimeUnixNano(now()).setAsDouble(1);
	}

	private static Resource resource(String service) {
		return Resource.newBuilder().addAttributes(attribute("service.name", service)).build();
	}

	private static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

	private static long now() {
		return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
	}

}
