package dev.whence.benchmarks.ingest.load;

import java.util.List;
import java.util.SplittableRandom;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;

/**
 * Metric requests: metrics of ten points each, two gauges to every histogram of fourteen
 * buckets.
 */
final class OtlpPoints {

	private static final int PER_RESOURCE = 100;

	private static final int PER_METRIC = 10;

	private static final List<Double> BOUNDS = List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5,
			5.0, 7.5, 10.0);

	private final Slots slots;

	private final int variant;

	private final Vocabulary words;

	OtlpPoints(Slots slots, int variant) {
		this.slots = slots;
		this.variant = variant;
		this.words = new Vocabulary(new SplittableRandom(variant));
	}

	ExportMetricsServiceRequest request(int points) {
		ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
		for (int first = 0; first < points; first += PER_RESOURCE) {
			String service = Vocabulary.SERVICES
				.get((this.variant + first / PER_RESOURCE) % Vocabulary.SERVICES.size());
			ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setScope(this.words.scope(service));
			for (int i = first; i < Math.min(first + PER_RESOURCE, points); i += PER_METRIC) {
				scope.addMetrics(metric(i, Math.min(PER_METRIC, points - i)));
			}
			request.addResourceMetrics(
					ResourceMetrics.newBuilder().setResource(this.words.resource(service)).addScopeMetrics(scope));
		}
		return request.build();
	}

	private Metric metric(int first, int points) {
		int number = first / PER_METRIC;
		return (number % 3 == 2) ? histogram(first, points) : gauge(first, points, number % 3);
	}

	private Metric gauge(int first, int points, int which) {
		Gauge.Builder gauge = Gauge.newBuilder();
		for (int i = first; i < first + points; i++) {
			gauge.addDataPoints(NumberDataPoint.newBuilder()
				.setTimeUnixNano(this.slots.time(i, 0))
				.setStartTimeUnixNano(this.slots.time(i, -1_000_000))
				.setAsDouble(this.slots.value(i))
				.addAttributes(Vocabulary.text("pool.name", "orders-" + i % PER_METRIC))
				.addAttributes(Vocabulary.text("state", (i % 2 == 0) ? "used" : "idle")));
		}
		return Metric.newBuilder()
			.setName((which == 0) ? "db.client.connection.count" : "jvm.memory.used")
			.setUnit((which == 0) ? "{connection}" : "By")
			.setGauge(gauge)
			.build();
	}

	private Metric histogram(int first, int points) {
		Histogram.Builder histogram = Histogram.newBuilder()
			.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
		for (int i = first; i < first + points; i++) {
			HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
				.setTimeUnixNano(this.slots.time(i, 0))
				.setStartTimeUnixNano(this.slots.time(i, -1_000_000))
				.setSum(this.slots.value(i))
				.addAllExplicitBounds(BOUNDS)
				.addAttributes(Vocabulary.text("http.request.method", this.words.oneOf(Vocabulary.METHODS)))
				.addAttributes(Vocabulary.text("http.route", this.words.oneOf(Vocabulary.ROUTES)))
				.addAttributes(Vocabulary.number("http.response.status_code", 200));
			long count = 0;
			for (int bucket = 0; bucket <= BOUNDS.size(); bucket++) {
				int inBucket = this.words.below(300);
				point.addBucketCounts(inBucket);
				count += inBucket;
			}
			histogram.addDataPoints(point.setCount(count));
		}
		return Metric.newBuilder().setName("http.server.request.duration").setUnit("s").setHistogram(histogram).build();
	}

}
