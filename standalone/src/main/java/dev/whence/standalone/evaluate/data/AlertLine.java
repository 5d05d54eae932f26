package dev.whence.standalone.evaluate.data;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An alert in the form of the Alertmanager API.
 *
 * @param labels what identifies it
 * @param annotations what describes it
 */
public record AlertLine(Map<String, String> labels, Map<String, String> annotations, Instant startsAt, Instant endsAt) {

	private static final String NAME = "alertname";

	private static final String SERVICE = "service";

	/** Fields of a line that are labels under their own name. */
	private static final List<String> LABELS = List.of("host", "direction", "template_id", "caller", "operation",
			"status");

	/** Fields of a line that describe. */
	private static final List<String> ANNOTATIONS = List.of("message", "count");

	/**
	 * Reads a recorded alert. A metric's alert has the name of the metric, those of logs
	 * and of calls have the name of their kind.
	 * @param end when it stops firing; at its start if that is later
	 * @param shift is added to its start
	 */
	public static AlertLine read(JsonNode line, @Nullable Instant end, Duration shift) {
		Map<String, String> labels = new LinkedHashMap<>();
		String type = line.path("alert_type").asString("alert");
		labels.put(NAME, type.equals("metric") ? line.path("metric").asString(type) : type);
		String service = SignalLine.service(line);
		if (!service.isEmpty()) {
			labels.put(SERVICE, service);
		}
		copy(line, LABELS, labels);
		Map<String, String> annotations = new LinkedHashMap<>();
		copy(line, ANNOTATIONS, annotations);
		Instant start = SignalLine.time(line).plus(shift);
		return new AlertLine(labels, annotations, start, (end != null && end.isAfter(start)) ? end : start);
	}

	/**
	 * The alert that makes somebody ask for the cause: it tells when there is a symptom
	 * and, as far as the case says so, where and of which kind.
	 * @param shift is added to all times of the case
	 * @param late how long after the start of the symptom it begins to fire
	 */
	public static AlertLine trigger(FaultCase fault, Duration shift, Duration late) {
		Map<String, String> labels = new LinkedHashMap<>();
		labels.put("severity", "critical");
		FaultCase.Target target = fault.target();
		if (target == null) {
			labels.put(NAME, "symptom");
		}
		else {
			labels.put(NAME, target.metric() + " objective violated");
			labels.put(SERVICE, target.service());
			labels.put("metric", target.metric());
		}
		Instant seen = (target != null && target.seen() != null) ? target.seen() : fault.start();
		return new AlertLine(labels, Map.of(), seen.plus(shift).plus(late), fault.end().plus(shift));
	}

	/** The same alert, firing again. */
	public AlertLine again(Duration later) {
		return new AlertLine(this.labels, this.annotations, this.startsAt.plus(later), this.endsAt.plus(later));
	}

	/** What tells one firing from all others. */
	public Identity identity() {
		return new Identity(this.labels, this.startsAt);
	}

	private static void copy(JsonNode line, List<String> fields, Map<String, String> to) {
		for (String field : fields) {
			if (line.hasNonNull(field)) {
				to.put(field, line.path(field).asString());
			}
		}
	}

	/** An Alertmanager's idea of one firing of one alert. */
	public record Identity(Map<String, String> labels, Instant startsAt) {
	}

}
