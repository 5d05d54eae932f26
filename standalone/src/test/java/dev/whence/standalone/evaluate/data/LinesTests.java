package dev.whence.standalone.evaluate.data;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** How the lines of the neutral form become what the public API takes. */
class LinesTests {

	private static final Duration DAY = Duration.ofDays(1);

	@Test
	void aSpanKeepsAllButItsTimesAndItsTrace() {
		ObjectNode span = SignalLine.toNative(json("""
				{"signal": "trace", "trace_id": "01", "span_id": "0a", "parent_span_id": null, "service_name": "cart",
				 "name": "GET /cart", "start_time": "2023-01-29T10:19:10.783000Z",
				 "end_time": "2023-01-29T10:19:10.799053Z", "attributes": {"instance": "cart-1"}}"""), "shop/case-1", 7,
				DAY);
		assertThat(span).isEqualTo(json("""
				{"trace_id": "%s", "span_id": "0a", "parent_span_id": null, "service_name": "cart",
				 "name": "GET /cart", "start_time": "2023-01-30T10:19:10.783Z",
				 "end_time": "2023-01-30T10:19:10.799053Z", "attributes": {"instance": "cart-1"},
				 "signal_type": "trace", "signal_id": "%s"}""".formatted(span.path("trace_id").asString(),
				NameUuid.of("shop/case-1/7"))));
	}

	@Test
	void theSameTraceIdInAnotherFileIsAnotherTrace() {
		assertThat(trace("shop/case-1")).isEqualTo(trace("shop/case-1")).isNotEqualTo(trace("shop/case-2")).hasSize(32);
	}

	@Test
	void whatIsMeasuredAtTheEntryHasNoService() {
		ObjectNode metric = SignalLine.toNative(json("""
				{"signal": "metric", "name": "success_pct", "value": 0.5, "service_name": "_entry",
				 "timestamp": "2023-01-29T10:00:00Z"}"""), "shop/case-1", 1, DAY);
		assertThat(metric.path("service_name").asString()).isEmpty();
		assertThat(metric.path("timestamp").asString()).isEqualTo("2023-01-30T10:00:00Z");
	}

	@Test
	void theAlertOfAMetricIsNamedByIt() {
		AlertLine alert = alert("""
				{"signal": "alert", "alert_type": "metric", "timestamp": "2023-01-29T10:00:00Z",
				 "service_name": "cart-1", "host": "node-1", "metric": "cpu", "direction": "up"}""");
		assertThat(alert.labels())
			.isEqualTo(Map.of("alertname", "cpu", "service", "cart-1", "host", "node-1", "direction", "up"));
		assertThat(alert.startsAt()).isEqualTo("2023-01-30T10:00:00Z");
		assertThat(alert.endsAt()).isEqualTo("2023-01-30T10:30:00Z");
	}

	@Test
	void theAlertOfALogCarriesItsMessage() {
		AlertLine alert = alert("""
				{"signal": "alert", "alert_type": "log", "timestamp": "2023-01-29T10:00:00Z", "service_name": "cart-1",
				 "template_id": "7", "count": 11, "message": "no route", "host": null}""");
		assertThat(alert.labels()).isEqualTo(Map.of("alertname", "log", "service", "cart-1", "template_id", "7"));
		assertThat(alert.annotations()).isEqualTo(Map.of("message", "no route", "count", "11"));
	}

	@Test
	void theAlertOfACallNamesTheCaller() {
		AlertLine alert = alert(
				"""
						{"signal": "alert", "alert_type": "trace", "timestamp": "2023-01-29T10:00:00Z", "service_name": "cart-1",
						 "caller": "web-1", "operation": "GET /cart", "status": "500"}""");
		assertThat(alert.labels()).containsEntry("caller", "web-1").containsEntry("status", "500");
	}

	@Test
	void anAlertAfterTheEndOfItsFaultEndsWhenItStarts() {
		AlertLine alert = AlertLine.read(
				json("""
						{"alert_type": "metric", "timestamp": "2023-01-29T10:00:00Z", "service_name": "cart", "metric": "cpu"}"""),
				Instant.parse("2023-01-29T09:00:00Z"), Duration.ZERO);
		assertThat(alert.endsAt()).isEqualTo(alert.startsAt());
	}

	@Test
	void aTriggerTellsNoMoreThanWhenAndWhereTheSymptomWasSeen() {
		FaultCase.Target target = new FaultCase.Target("web", "latency", Instant.parse("2023-01-29T10:09:00Z"));
		FaultCase fault = new FaultCase("case-1", "shop", Path.of("case-1"), List.of(), null,
				Instant.parse("2023-01-29T10:00:00Z"), Instant.parse("2023-01-29T10:20:00Z"), target);
		AlertLine trigger = AlertLine.trigger(fault, DAY, Duration.ofMinutes(1));
		assertThat(trigger.labels()).isEqualTo(Map.of("alertname", "latency objective violated", "service", "web",
				"metric", "latency", "severity", "critical"));
		assertThat(trigger.annotations()).isEmpty();
		assertThat(trigger.startsAt()).isEqualTo("2023-01-30T10:10:00Z");
		assertThat(trigger.endsAt()).isEqualTo("2023-01-30T10:20:00Z");
	}

	private static AlertLine alert(String line) {
		return AlertLine.read(json(line), Instant.parse("2023-01-30T10:30:00Z"), DAY);
	}

	private static String trace(String file) {
		return SignalLine.toNative(json("""
				{"signal": "log", "trace_id": "01", "service_name": "cart", "timestamp": "2023-01-29T10:00:00Z"}"""),
				file, 1, DAY)
			.path("trace_id")
			.asString();
	}

	private static ObjectNode json(String text) {
		return (ObjectNode) JsonMapper.shared().readTree(text);
	}

}
