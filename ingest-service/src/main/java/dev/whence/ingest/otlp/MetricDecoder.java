package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.google.protobuf.Message;
import dev.whence.ingest.intake.ContentId;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads {@code ExportMetricsServiceRequest}. Each data point becomes one metric point;
 * distributions keep their buckets among the details and show their mean as the value.
 */
@Component
class MetricDecoder {

	private final InstantSource clock;

	MetricDecoder(InstantSource clock) {
		this.clock = clock;
	}

	Decoded decode(ExportMetricsServiceRequest request) {
		Decoded decoded = new Decoded();
		Origin whole = Origin.ofRequest();
		for (ResourceMetrics resource : request.getResourceMetricsList()) {
			Origin fromResource = whole.with(resource.getResource());
			for (ScopeMetrics scope : resource.getScopeMetricsList()) {
				Origin origin = fromResource.with(scope.getScope());
				scope.getMetricsList().forEach((metric) -> decode(metric, origin, decoded));
			}
		}
		return decoded;
	}

	private void decode(Metric metric, Origin origin, Decoded decoded) {
		switch (metric.getDataCase()) {
			case GAUGE -> metric.getGauge()
				.getDataPointsList()
				.forEach((point) -> number(metric, MetricKind.GAUGE, point, origin, decoded));
			case SUM -> metric.getSum()
				.getDataPointsList()
				.forEach((point) -> number(metric, MetricKind.SUM, point, origin, decoded));
			case HISTOGRAM ->
				metric.getHistogram().getDataPointsList().forEach((point) -> histogram(metric, point, origin, decoded));
			case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram()
				.getDataPointsList()
				.forEach((point) -> exponential(metric, point, origin, decoded));
			case SUMMARY ->
				metric.getSummary().getDataPointsList().forEach((point) -> summary(metric, point, origin, decoded));
			case DATA_NOT_SET -> {
				// A metric without data has nothing to store and is no error.
			}
		}
	}

	private void number(Metric metric, MetricKind kind, NumberDataPoint point, Origin origin, Decoded decoded) {
		Map<String, @Nullable Object> details = origin.details();
		if (kind == MetricKind.SUM) {
			details.put("is_monotonic", metric.getSum().getIsMonotonic());
			putTemporality(details, metric.getSum().getAggregationTemporality());
		}
		putExemplars(details, point.getExemplarsList());
		double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
		accept(metric, kind, point, point.getTimeUnixNano(), point.getStartTimeUnixNano(), value, point.getFlags(),
				point.getAttributesList(), origin, details, decoded);
	}

	private void histogram(Metric metric, HistogramDataPoint point, Origin origin, Decoded decoded) {
		Map<String, @Nullable Object> details = origin.details();
		putTemporality(details, metric.getHistogram().getAggregationTemporality());
		details.put("count", point.getCount());
		if (point.hasSum()) {
			details.put("sum", AnyValues.number(point.getSum()));
		}
		if (point.hasMin()) {
			details.put("min", AnyValues.number(point.getMin()));
		}
		if (point.hasMax()) {
			details.put("max", AnyValues.number(point.getMax()));
		}
		details.put("bucket_counts", point.getBucketCountsList());
		details.put("explicit_bounds", numbers(point.getExplicitBoundsList()));
		putExemplars(details, point.getExemplarsList());
		accept(metric, MetricKind.HISTOGRAM, point, point.getTimeUnixNano(), point.getStartTimeUnixNano(),
				mean(point.getSum(), point.getCount()), point.getFlags(), point.getAttributesList(), origin, details,
				decoded);
	}

	private void exponential(Metric metric, ExponentialHistogramDataPoint point, Origin origin, Decoded decoded) {
		Map<String, @Nullable Object> details = origin.details();
		putTemporality(details, metric.getExponentialHistogram().getAggregationTemporality());
		details.put("count", point.getCount());
		if (point.hasSum()) {
			details.put("sum", AnyValues.number(point.getSum()));
		}
		if (point.hasMin()) {
			details.put("min", AnyValues.number(point.getMin()));
		}
		if (point.hasMax()) {
			details.put("max", AnyValues.number(point.getMax()));
		}
		putExemplars(details, point.getExemplarsList());
		details.put("scale", point.getScale());
		details.put("zero_count", point.getZeroCount());
		details.put("zero_threshold", point.getZeroThreshold());
		details.put("positive", Map.of("offset", point.getPositive().getOffset(), "bucket_counts",
				point.getPositive().getBucketCountsList()));
		details.put("negative", Map.of("offset", point.getNegative().getOffset(), "bucket_counts",
				point.getNegative().getBucketCountsList()));
		accept(metric, MetricKind.EXPONENTIAL_HISTOGRAM, point, point.getTimeUnixNano(), point.getStartTimeUnixNano(),
				mean(point.getSum(), point.getCount()), point.getFlags(), point.getAttributesList(), origin, details,
				decoded);
	}

	private void summary(Metric metric, SummaryDataPoint point, Origin origin, Decoded decoded) {
		Map<String, @Nullable Object> details = origin.details();
		details.put("count", point.getCount());
		details.put("sum", AnyValues.number(point.getSum()));
		details.put("quantiles",
				point.getQuantileValuesList()
					.stream()
					.map((quantile) -> Map.of("quantile", AnyValues.number(quantile.getQuantile()), "value",
							AnyValues.number(quantile.getValue())))
					.toList());
		accept(metric, MetricKind.SUMMARY, point, point.getTimeUnixNano(), point.getStartTimeUnixNano(),
				mean(point.getSum(), point.getCount()), point.getFlags(), point.getAttributesList(), origin, details,
				decoded);
	}

	private void accept(Metric metric, MetricKind kind, Message point, long timeNanos, long startNanos, double value,
			int flags, List<KeyValue> attributes, Origin origin, Map<String, @Nullable Object> details,
			Decoded decoded) {
		if (metric.getName().isEmpty()) {
			decoded.reject("a metric must have a name");
			return;
		}
		if (startNanos != 0) {
			details.put("start_time_unix_nano", startNanos);
		}
		if (flags != 0) {
			details.put("flags", flags);
		}
		if (!metric.getDescription().isEmpty()) {
			details.put("description", metric.getDescription());
		}
		byte[] context = (metric.getName() + '\0' + kind + '\0' + metric.getUnit()).getBytes(StandardCharsets.UTF_8);
		ContentId id = origin.identify(context, point);
		Instant time = Ids.time(timeNanos);
		MetricPoint stored = new MetricPoint(id.id(), null, origin.serviceName(),
				(time != null) ? time : this.clock.instant(), metric.getName(), kind, value, metric.getUnit(),
				AnyValues.map(attributes), origin.resource(), details);
		if (time != null) {
			decoded.accept(stored, id);
		}
		else {
			decoded.acceptUntimed(stored, id);
		}
	}

	private static void putTemporality(Map<String, @Nullable Object> details, AggregationTemporality temporality) {
		switch (temporality) {
			case AGGREGATION_TEMPORALITY_DELTA -> details.put("aggregation_temporality", "delta");
			case AGGREGATION_TEMPORALITY_CUMULATIVE -> details.put("aggregation_temporality", "cumulative");
			default -> {
				// Not said.
			}
		}
	}

	private static void putExemplars(Map<String, @Nullable Object> details, List<Exemplar> exemplars) {
		List<Map<String, @Nullable Object>> described = exemplars.stream().map((exemplar) -> {
			Map<String, @Nullable Object> map = new LinkedHashMap<>();
			map.put("time_unix_nano", exemplar.getTimeUnixNano());
			map.put("value",
					exemplar.hasAsInt() ? (Object) exemplar.getAsInt() : AnyValues.number(exemplar.getAsDouble()));
			map.put("trace_id", Objects.toString(Ids.trace(exemplar.getTraceId()), null));
			map.put("span_id", Ids.span(exemplar.getSpanId()));
			map.put("attributes", AnyValues.map(exemplar.getFilteredAttributesList()));
			return map;
		}).toList();
		if (!described.isEmpty()) {
			details.put("exemplars", described);
		}
	}

	private static List<Object> numbers(List<Double> numbers) {
		return numbers.stream().map(AnyValues::number).toList();
	}

	private static double mean(double sum, long count) {
		return (count > 0) ? sum / count : 0;
	}

}
