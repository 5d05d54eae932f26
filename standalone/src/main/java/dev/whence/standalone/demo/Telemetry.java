package dev.whence.standalone.demo;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the shop emits and turns it into export requests, one resource a service.
 */
final class Telemetry {

	private final Map<String, ScopeSpans.Builder> spans = new LinkedHashMap<>();

	private final Map<String, ScopeLogs.Builder> logs = new LinkedHashMap<>();

	private final Map<String, Long> requests = new LinkedHashMap<>();

	private final Map<String, Gauge.Builder> processors = new LinkedHashMap<>();

	private final @Nullable Fault fault;

	private int count;

	/**
	 * @param fault what is wrong in all that is collected, if anything
	 */
	Telemetry(@Nullable Fault fault) {
		this.fault = fault;
	}

	void span(String service, Span span) {
		this.spans.computeIfAbsent(service, (_) -> ScopeSpans.newBuilder()).addSpans(span);
		this.requests.merge(service, 1L, Long::sum);
		this.count++;
	}

	void log(String service, SeverityNumber severity, Instant at, ByteString trace, ByteString span, String message,
			Map<String, String> attributes) {
		LogRecord.Builder log = LogRecord.newBuilder()
			.setTimeUnixNano(nanos(at))
			.setSeverityNumber(severity)
			.setTraceId(trace)
			.setSpanId(span)
			.setBody(text(message));
		attributes.forEach((key, value) -> log.addAttributes(attribute(key, value)));
		this.logs.computeIfAbsent(service, (_) -> ScopeLogs.newBuilder()).addLogRecords(log);
		this.count++;
	}

	/** The share of its processor that a host is using. */
	void processor(String host, Instant at, double share) {
		this.processors.computeIfAbsent(host, (_) -> Gauge.newBuilder())
			.addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(nanos(at)).setAsDouble(share));
		this.count++;
	}

	/** How many signals were collected so far. */
	int count() {
		return this.count + this.requests.size();
	}

	ExportTraceServiceRequest traces() {
		ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
		this.spans.forEach((service, scope) -> request
			.addResourceSpans(ResourceSpans.newBuilder().setResource(resource(service)).addScopeSpans(scope)));
		return request.build();
	}

	ExportLogsServiceRequest logs() {
		ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
		this.logs.forEach((service, scope) -> request
			.addResourceLogs(ResourceLogs.newBuilder().setResource(resource(service)).addScopeLogs(scope)));
		return request.build();
	}

	/** One count of handled requests per service, and what was measured on hosts. */
	ExportMetricsServiceRequest metrics(Instant at) {
		ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
		this.requests.forEach((service, handled) -> request.addResourceMetrics(ResourceMetrics.newBuilder()
			.setResource(resource(service))
			.addScopeMetrics(ScopeMetrics.newBuilder()
				.addMetrics(Metric.newBuilder()
					.setName("http.server.requests")
					.setUnit("{request}")
					.setSum(Sum.newBuilder()
						.setIsMonotonic(true)
						.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
						.addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(nanos(at)).setAsInt(handled)))))));
		this.processors.forEach((host, gauge) -> request.addResourceMetrics(ResourceMetrics.newBuilder()
			.setResource(Resource.newBuilder()
				.addAttributes(attribute("service.name", host))
				.addAttributes(attribute("host.name", host)))
			.addScopeMetrics(ScopeMetrics.newBuilder()
				.addMetrics(Metric.newBuilder().setName("system.cpu.utilization").setUnit("1").setGauge(gauge)))));
		return request.build();
	}

	static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
	}

	static long nanos(Instant time) {
		return time.getEpochSecond() * 1_000_000_000L + time.getNano();
	}

	private static AnyValue text(String value) {
		return AnyValue.newBuilder().setStringValue(value).build();
	}

	private Resource resource(String service) {
		return Resource.newBuilder()
			.addAttributes(attribute("service.name", service))
			.addAttributes(attribute("deployment.environment.name", "demo"))
			.addAttributes(attribute("service.version", Deployment.version(service, this.fault)))
			.addAttributes(attribute("host.name", Deployment.host(service)))
			.build();
	}

}
