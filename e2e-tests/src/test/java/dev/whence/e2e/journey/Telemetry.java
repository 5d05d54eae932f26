package dev.whence.e2e.journey;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Bodies of the native API. Every call makes a new signal with an id of its own. */
final class Telemetry {

	private Telemetry() {
	}

	static Map<String, Object> log(String trace, String service, Instant at, String level, String message) {
		Map<String, Object> body = signal(trace, service);
		body.put("timestamp", at.toString());
		body.put("level", level);
		body.put("message", message);
		body.put("attributes", Map.of());
		return body;
	}

	static Map<String, Object> span(String trace, String span, @Nullable String parent, String service, String name,
			Instant start, Instant end, String status) {
		Map<String, Object> body = signal(trace, service);
		body.put("span_id", span);
		body.put("parent_span_id", parent);
		body.put("name", name);
		body.put("start_time", start.toString());
		body.put("end_time", end.toString());
		body.put("status", status);
		return body;
	}

	static String newTrace() {
		return "req-" + UUID.randomUUID().toString().substring(0, 8);
	}

	static String id(Map<String, Object> body) {
		return (String) body.get("signal_id");
	}

	private static Map<String, Object> signal(String trace, String service) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("signal_id", UUID.randomUUID().toString());
		body.put("trace_id", trace);
		body.put("service_name", service);
		return body;
	}

}
