package dev.whence.ingest.otlp;

import java.util.Random;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import dev.whence.model.SignalType;

/** Export requests with everything that OTLP can say, drawn at random. */
final class RandomRequests {

	private static final long TIME = 1_795_000_000_000_000_000L;

	private static final String[] TEXTS = { "", "plain", "quote \" and \\ backslash", "line\nbreak\ttab\u0001\u001f",
			"Grüße", "日本語", "emoji 😀 and 𝄞", "</script>", "a".repeat(500), "\u007f\u0080\u07ff\u0800\uffff" };

	private final Random random;

	RandomRequests(long seed) {
		this.random = new Random(seed);
	}

	SignalType typeOf(Message request) {
		return (request instanceof ExportLogsServiceRequest) ? SignalType.LOG
				: (request instanceof ExportTraceServiceRequest) ? SignalType.TRACE : SignalType.METRIC;
	}

	ExportLogsServiceRequest logs() {
		ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
		for (int r = 0; r < 3; r++) {
			ResourceLogs.Builder resource = request.addResourceLogsBuilder()
				.setResource(resource())
				.setSchemaUrl(url());
			for (int s = 0; s < 2; s++) {
				ScopeLogs.Builder scope = resource.addScopeLogsBuilder().setScope(scope()).setSchemaUrl(url());
				for (int i = 0; i < 5; i++) {
					scope.addLogRecords(log());
				}
			}
		}
		return request.build();
	}

	ExportTraceServiceRequest spans() {
		ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
		for (int r = 0; r < 3; r++) {
			ResourceSpans.Builder resource = request.addResourceSpansBuilder()
				.setResource(resource())
				.setSchemaUrl(url());
			ScopeSpans.Builder scope = resource.addScopeSpansBuilder().setScope(scope()).setSchemaUrl(url());
			for (int i = 0; i < 6; i++) {
				scope.addSpans(span());
			}
		}
		return request.build();
	}

	ExportMetricsServiceRequest metrics() {
		ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
		ResourceMetrics.Builder resource = request.addResourceMetricsBuilder()
			.setResource(resource())
			.setSchemaUrl(url());
		ScopeMetrics.Builder scope = resource.addScopeMetricsBuilder().setScope(scope());
		for (int kind = 0; kind < 5; kind++) {
			Metric.Builder metric = scope.addMetricsBuilder()
				.setName("metric." + kind)
				.setUnit("ms")
				.setDescription(text())
				.addMetadata(KeyValue.newBuilder().setKey("origin").setValue(string("test")));
			switch (kind) {
				case 0 -> metric.setGauge(Gauge.newBuilder().addDataPoints(number()).addDataPoints(number()));
				case 1 -> metric.setSum(Sum.newBuilder()
					.addDataPoints(number())
					.setIsMonotonic(true)
					.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE));
				case 2 -> metric.setHistogram(Histogram.newBuilder()
					.addDataPoints(histogram())
					.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA));
				case 3 -> metric.setExponentialHistogram(ExponentialHistogram.newBuilder()
					.addDataPoints(exponential())
					.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA));
				default -> metric.setSummary(Summary.newBuilder()
					.addDataPoints(SummaryDataPoint.newBuilder()
						.setTimeUnixNano(time())
						.setCount(3)
						.setSum(7.5)
						.addQuantileValues(
								SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(2.25))));
			}
		}
		return request.build();
	}

	private LogRecord log() {
		LogRecord.Builder log = LogRecord.newBuilder()
			.setTimeUnixNano(time())
			.setObservedTimeUnixNano(time())
			.setSeverityNumberValue(this.random.nextInt(1, 25))
			.setSeverityText("LEVEL")
			.setFlags(this.random.nextInt())
			.setDroppedAttributesCount(this.random.nextInt(3))
			.setEventName(text())
			.setTraceId(id(16))
			.setSpanId(id(8));
		for (int i = this.random.nextInt(6); i > 0; i--) {
			log.addAttributes(attribute(0));
		}
		if (this.random.nextInt(5) > 0) {
			log.setBody((this.random.nextBoolean()) ? string("told: " + text()) : value(0));
		}
		return log.build();
	}

	private Span span() {
		long start = time();
		Span.Builder span = Span.newBuilder()
			.setTraceId(id(16))
			.setSpanId(id(8))
			.setParentSpanId(id(8))
			.setTraceState("a=" + this.random.nextInt(9))
			.setFlags(this.random.nextInt())
			.setName(text())
			.setKindValue(this.random.nextInt(6))
			.setStartTimeUnixNano(start)
			.setEndTimeUnixNano(start + this.random.nextInt(1_000_000))
			.setDroppedEventsCount(this.random.nextInt(2))
			.setStatus(Status.newBuilder().setCodeValue(this.random.nextInt(3)).setMessage(text()));
		for (int i = this.random.nextInt(5); i > 0; i--) {
			span.addAttributes(attribute(0));
		}
		for (int i = this.random.nextInt(3); i > 0; i--) {
			span.addEvents(Span.Event.newBuilder().setName(text()).setTimeUnixNano(time()).addAttributes(attribute(0)));
			span.addLinks(Span.Link.newBuilder()
				.setTraceId(id(16))
				.setSpanId(id(8))
				.setTraceState("b=1")
				.setFlags(this.random.nextInt())
				.addAttributes(attribute(0)));
		}
		return span.build();
	}

	private NumberDataPoint number() {
		NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setStartTimeUnixNano(time())
			.addAttributes(attribute(0))
			.addExemplars(exemplar());
		return (this.random.nextBoolean() ? point.setAsInt(this.random.nextLong())
				: point.setAsDouble(this.random.nextDouble()))
			.build();
	}

	private HistogramDataPoint histogram() {
		return HistogramDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setCount(10)
			.setSum(12.5)
			.setMin(0.5)
			.setMax(3)
			.addBucketCounts(4)
			.addBucketCounts(6)
			.addBucketCounts(Long.MAX_VALUE)
			.addExplicitBounds(1.5)
			.addExplicitBounds(2)
			.addAttributes(attribute(0))
			.addExemplars(exemplar())
			.build();
	}

	private ExponentialHistogramDataPoint exponential() {
		return ExponentialHistogramDataPoint.newBuilder()
			.setTimeUnixNano(time())
			.setCount(10)
			.setSum(5)
			.setScale(-3)
			.setZeroCount(1)
			.setZeroThreshold(0.001)
			.setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
				.setOffset(-2)
				.addBucketCounts(300)
				.addBucketCounts(0))
			.build();
	}

	private Exemplar exemplar() {
		return Exemplar.newBuilder()
			.setTimeUnixNano(time())
			.setAsDouble(this.random.nextDouble())
			.setTraceId(id(16))
			.setSpanId(id(8))
			.addFilteredAttributes(attribute(0))
			.build();
	}

	private Resource resource() {
		return Resource.newBuilder()
			.addAttributes(
					KeyValue.newBuilder().setKey("service.name").setValue(string("shop-" + this.random.nextInt(3))))
			.addAttributes(attribute(0))
			.build();
	}

	private InstrumentationScope scope() {
		return InstrumentationScope.newBuilder().setName(text()).setVersion("1").addAttributes(attribute(0)).build();
	}

	private KeyValue attribute(int depth) {
		return KeyValue.newBuilder().setKey(text() + this.random.nextInt(50)).setValue(value(depth)).build();
	}

	private AnyValue value(int depth) {
		AnyValue.Builder value = AnyValue.newBuilder();
		switch (this.random.nextInt((depth < 3) ? 8 : 6)) {
			case 0 -> value.setStringValue(text());
			case 1 -> value.setBoolValue(this.random.nextBoolean());
			case 2 -> value.setIntValue(this.random.nextLong());
			case 3 -> value
				.setDoubleValue(this.random.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : this.random.nextGaussian());
			case 4 -> value.setBytesValue(id(this.random.nextInt(1, 9)));
			case 5 -> {
				// Nothing: an empty value is a value.
			}
			case 6 -> {
				ArrayValue.Builder array = value.getArrayValueBuilder();
				for (int i = this.random.nextInt(4); i > 0; i--) {
					array.addValues(value(depth + 1));
				}
			}
			default -> {
				KeyValueList.Builder list = value.getKvlistValueBuilder();
				for (int i = this.random.nextInt(4); i > 0; i--) {
					list.addValues(attribute(depth + 1));
				}
			}
		}
		return value.build();
	}

	private String url() {
		return this.random.nextBoolean() ? "" : "https://opentelemetry.io/schemas/1." + this.random.nextInt(30) + ".0";
	}

	private String text() {
		return TEXTS[this.random.nextInt(TEXTS.length)];
	}

	private long time() {
		return TIME + this.random.nextInt();
	}

	private ByteString id(int length) {
		byte[] id = new byte[length];
		this.random.nextBytes(id);
		id[0] = 1;
		return ByteString.copyFrom(id);
	}

	private static AnyValue string(String text) {
		return AnyValue.newBuilder().setStringValue(text).build();
	}

}
