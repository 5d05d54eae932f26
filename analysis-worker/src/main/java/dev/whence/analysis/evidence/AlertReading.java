package dev.whence.analysis.evidence;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.whence.analysis.observation.Observation;

/**
 * The observations of one window, sorted by what they are about: a call when they have a
 * {@code caller}, a log statement when they have a {@code message}, otherwise a metric.
 * What names nobody is left out: it accuses nobody.
 *
 * @param metrics per entity its alerting metrics, each with the first alert
 * @param logs per statement the alert with the highest count
 * @param failingCalls per call the first alert that says it failed; slow is not failed
 */
record AlertReading(SortedMap<String, SortedMap<String, Observation>> metrics, Map<AlertedStatement, LogAlert> logs,
		Map<AlertedCall, Observation> failingCalls) {

	/** Alerts on several processors, disks or shards are one metric. */
	private static final Pattern DIGITS = Pattern.compile("\\d+");

	/** What varies from one occurrence of a statement to the next. */
	private static final Pattern VARIABLE = Pattern
		.compile("[0-9a-f]{8}-[0-9a-f-]{27,}|0x[0-9a-f]+|\\b[0-9a-f]{12,}\\b|\\d+|=[^,)\\]}]*");

	/** Two statements that agree so far are the same. */
	private static final int STATEMENT_LENGTH = 110;

	private static final Pattern FAILURE = Pattern.compile(
			"error|fail|fault|timeout|timed|exceeded|unavailable|refused|reset|abort|cancel|internal|denied|down",
			Pattern.CASE_INSENSITIVE);

	private static final int FIRST_HTTP_FAILURE = 400;

	/** The last of gRPC's status codes; only 0 of them is good. */
	private static final int LAST_GRPC_STATUS = 16;

	private static final Comparator<Observation> OLDEST_FIRST = Comparator.comparing(Observation::startsAt)
		.thenComparing(Observation::fingerprint)
		.thenComparing((observation) -> observation.labels().toString());

	/** A log alert and how often the statement was written. */
	record LogAlert(Observation observation, int count, String message) {
	}

	static AlertReading of(Collection<Observation> observations) {
		SortedMap<String, SortedMap<String, Observation>> metrics = new TreeMap<>();
		Map<AlertedStatement, LogAlert> logs = new HashMap<>();
		Map<AlertedCall, Observation> calls = new HashMap<>();
		for (Observation observation : oldestFirst(observations)) {
			String entity = entity(observation);
			if (entity.isEmpty()) {
				continue;
			}
			String caller = label(observation, "caller");
			String message = observation.annotations().getOrDefault("message", "");
			if (!caller.isEmpty()) {
				if (!caller.equals(entity) && saysFailed(label(observation, "status"))) {
					calls.putIfAbsent(new AlertedCall(caller, entity), observation);
				}
			}
			else if (!message.isEmpty()) {
				logs.merge(new AlertedStatement(entity, masked(message)),
						new LogAlert(observation, count(observation), message),
						(one, other) -> (other.count() > one.count()) ? other : one);
			}
			else {
				metrics.computeIfAbsent(entity, (_) -> new TreeMap<>())
					.putIfAbsent(DIGITS.matcher(metric(observation)).replaceAll(""), observation);
			}
		}
		return new AlertReading(metrics, logs, calls);
	}

	static List<Observation> oldestFirst(Collection<Observation> observations) {
		return observations.stream().sorted(OLDEST_FIRST).toList();
	}

	/**
	 * Whom the observation is about, as precisely as it says: an instance, a service or a
	 * host; empty when it does not say.
	 */
	static String entity(Observation observation) {
		return Stream
			.of(label(observation, "instance"), label(observation, "pod"), label(observation, "service"),
					observation.service(), label(observation, "host"))
			.filter((name) -> !name.isEmpty())
			.findFirst()
			.orElse("");
	}

	private static String metric(Observation observation) {
		String metric = label(observation, "metric");
		return metric.isEmpty() ? observation.name() : metric;
	}

	private static String label(Observation observation, String name) {
		return observation.labels().getOrDefault(name, "");
	}

	private static int count(Observation observation) {
		try {
			return Math.max(1, Integer.parseInt(observation.annotations().getOrDefault("count", "1").strip()));
		}
		catch (NumberFormatException _) {
			return 1;
		}
	}

	// An alert that says nothing of a status says that the call fails.
	private static boolean saysFailed(String status) {
		if (status.isEmpty() || FAILURE.matcher(status).find()) {
			return true;
		}
		try {
			int code = Integer.parseInt(status.strip());
			return code >= FIRST_HTTP_FAILURE || code > 0 && code <= LAST_GRPC_STATUS;
		}
		catch (NumberFormatException _) {
			return false;
		}
	}

	private static String masked(String message) {
		String masked = VARIABLE.matcher(message.toLowerCase(Locale.ROOT)).replaceAll("*");
		return masked.substring(0, Math.min(STATEMENT_LENGTH, masked.length()));
	}

}
