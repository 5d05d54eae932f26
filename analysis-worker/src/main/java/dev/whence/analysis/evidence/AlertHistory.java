package dev.whence.analysis.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.whence.analysis.observation.Observation;

/**
 * How often each thing alerted in earlier incident windows; sums over all of them.
 *
 * @param windows how many
 * @param length how long together
 * @param metrics distinct alerting metrics by entity
 * @param logs count of alerting statements, by entity and statement
 * @param calls windows in which the call alerted, by caller and callee
 */
public record AlertHistory(int windows, Duration length, Map<String, Integer> metrics,
		Map<AlertedStatement, Integer> logs, Map<AlertedCall, Integer> calls) {

	/** Around its alerts a window was quiet, or it would be longer. */
	private static final Duration LEAST_LENGTH = Duration.ofMinutes(10);

	/**
	 * Adds up earlier windows. A window is as long as its observations say, at least
	 * {@link #LEAST_LENGTH}.
	 * @param windows the observations of each earlier window; one may be empty
	 */
	public static AlertHistory of(List<List<Observation>> windows) {
		Map<String, Integer> metrics = new TreeMap<>();
		Map<AlertedStatement, Integer> logs = new HashMap<>();
		Map<AlertedCall, Integer> calls = new HashMap<>();
		Duration length = Duration.ZERO;
		for (List<Observation> window : windows) {
			AlertReading reading = AlertReading.of(window);
			reading.metrics().forEach((entity, names) -> metrics.merge(entity, names.size(), Integer::sum));
			reading.logs().forEach((statement, alert) -> logs.merge(statement, alert.count(), Integer::sum));
			reading.failingCalls().keySet().forEach((call) -> calls.merge(call, 1, Integer::sum));
			length = length.plus(length(window));
		}
		return new AlertHistory(windows.size(), length, metrics, logs, calls);
	}

	private static Duration length(List<Observation> window) {
		Instant first = window.stream().map(Observation::startsAt).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
		Instant last = window.stream().map(Observation::startsAt).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
		Duration length = Duration.between(first, last);
		return (length.compareTo(LEAST_LENGTH) < 0) ? LEAST_LENGTH : length;
	}

	public static AlertHistory none() {
		return new AlertHistory(0, Duration.ZERO, Map.of(), Map.of(), Map.of());
	}

}
