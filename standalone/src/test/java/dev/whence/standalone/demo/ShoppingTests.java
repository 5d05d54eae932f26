package dev.whence.standalone.demo;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the shop's telemetry shows of a quiet fault, and what it does not. */
class ShoppingTests {

	private static final Instant MINUTE = Instant.parse("2026-03-01T12:00:00Z");

	@ParameterizedTest
	@EnumSource
	void nothingSaysErrorDuringAQuietFault(QuietFault fault) {
		Telemetry telemetry = minute(fault);
		assertThat(logs(telemetry)).isNotEmpty()
			.allMatch((log) -> log.getSeverityNumberValue() < SeverityNumber.SEVERITY_NUMBER_ERROR_VALUE);
		assertThat(Stream.of("web-frontend", "mail-service").flatMap((service) -> spans(telemetry, service)))
			.isNotEmpty()
			.noneMatch((span) -> span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR);
	}

	@Test
	void aSlowDependencyTakesItsTimeInEveryCheckout() {
		assertThat(spans(minute(null), "payment-service")).hasSize(50).allMatch((span) -> milliseconds(span) < 50);
		assertThat(spans(minute(QuietFault.SLOW_DEPENDENCY), "payment-service")).hasSize(50)
			.allMatch((span) -> milliseconds(span) >= 900);
	}

	@Test
	void aLostMessageLeavesTheOrderReceivedAndNoReceipt() {
		assertThat(bodies(minute(null))).contains("order received", "receipt sent to the customer");
		assertThat(bodies(minute(QuietFault.LOST_MESSAGE))).contains("order received")
			.doesNotContain("receipt sent to the customer");
	}

	@Test
	void aNoisyNeighbourTakesTheProcessorOfOneHostAndSlowsWhatRunsThere() {
		Telemetry telemetry = minute(QuietFault.NOISY_NEIGHBOUR);
		assertThat(processor(telemetry, "node-1")).hasSize(4).allMatch((share) -> share < 0.2);
		assertThat(processor(telemetry, "node-2")).hasSize(4).allMatch((share) -> share > 0.9);
		assertThat(spans(telemetry, "inventory-service")).allMatch((span) -> milliseconds(span) >= 240);
		assertThat(spans(telemetry, "pricing-service")).allMatch((span) -> milliseconds(span) < 50);
	}

	@Test
	void aBadDeployIsAnotherVersionOfOneServiceAndIsTakenBack() {
		assertThat(version(minute(QuietFault.BAD_DEPLOY), "pricing-service")).isEqualTo("2.5.0");
		assertThat(version(minute(QuietFault.BAD_DEPLOY), "payment-service")).isEqualTo("2.4.0");
		assertThat(version(minute(null), "pricing-service")).isEqualTo("2.4.0");
	}

	private static Telemetry minute(@Nullable QuietFault fault) {
		return new Shopping(new DemoClient("http://localhost:9"),
				Progress.on(new PrintStream(PrintStream.nullOutputStream())), new Random(7))
			.collect(new Rehearsal.Minute(MINUTE, fault));
	}

	private static Stream<Span> spans(Telemetry telemetry, String service) {
		return telemetry.traces()
			.getResourceSpansList()
			.stream()
			.filter((some) -> attribute(some.getResource(), "service.name").equals(service))
			.flatMap((some) -> some.getScopeSpans(0).getSpansList().stream());
	}

	private static long milliseconds(Span span) {
		return (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1_000_000;
	}

	private static List<LogRecord> logs(Telemetry telemetry) {
		return telemetry.logs()
			.getResourceLogsList()
			.stream()
			.flatMap((some) -> some.getScopeLogs(0).getLogRecordsList().stream())
			.toList();
	}

	private static List<String> bodies(Telemetry telemetry) {
		return logs(telemetry).stream().map((log) -> log.getBody().getStringValue()).distinct().toList();
	}

	private static List<Double> processor(Telemetry telemetry, String host) {
		return telemetry.metrics(MINUTE)
			.getResourceMetricsList()
			.stream()
			.filter((some) -> attribute(some.getResource(), "host.name").equals(host))
			.map((some) -> some.getScopeMetrics(0).getMetrics(0))
			.filter(Metric::hasGauge)
			.flatMap((metric) -> metric.getGauge().getDataPointsList().stream())
			.map(NumberDataPoint::getAsDouble)
			.toList();
	}

	private static String version(Telemetry telemetry, String service) {
		return telemetry.traces()
			.getResourceSpansList()
			.stream()
			.map((some) -> some.getResource())
			.filter((resource) -> attribute(resource, "service.name").equals(service))
			.map((resource) -> attribute(resource, "service.version"))
			.findFirst()
			.orElseThrow();
	}

	private static String attribute(Resource resource, String key) {
		return resource.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals(key))
			.map(KeyValue::getValue)
			.map((value) -> value.getStringValue())
			.findFirst()
			.orElse("");
	}

}
