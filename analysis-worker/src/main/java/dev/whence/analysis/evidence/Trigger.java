package dev.whence.analysis.evidence;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.whence.analysis.observation.Observation;

/**
 * The broken promise that opened the incident: the service level of a service, as the
 * first observation about one says.
 *
 * @param service where it was noticed
 * @param at when
 */
public record Trigger(String service, ServiceLevel level, Instant at, Observation observation) {

	private static final Pattern LATENCY = Pattern.compile("latency|duration|response.?time|slow|p9[059]");

	private static final Pattern AVAILABILITY = Pattern
		.compile("availab|success|error|fail|fault|5xx|down\\b|unreachable");

	/** What was promised. */
	public enum ServiceLevel {

		LATENCY, AVAILABILITY

	}

	static Optional<Trigger> of(Collection<Observation> observations) {
		return AlertReading.oldestFirst(observations)
			.stream()
			.flatMap((observation) -> of(observation).stream())
			.min(Comparator.comparing(Trigger::at));
	}

	private static Optional<Trigger> of(Observation observation) {
		boolean aboutServiceLevel = !observation.labels().containsKey("caller")
				&& !observation.annotations().containsKey("message");
		String service = AlertReading.entity(observation);
		String name = observation.labels().getOrDefault("metric", observation.name()).toLowerCase(Locale.ROOT);
		if (!aboutServiceLevel || service.isEmpty()) {
			return Optional.empty();
		}
		if (LATENCY.matcher(name).find()) {
			return Optional.of(new Trigger(service, ServiceLevel.LATENCY, observation.startsAt(), observation));
		}
		return AVAILABILITY.matcher(name).find()
				? Optional.of(new Trigger(service, ServiceLevel.AVAILABILITY, observation.startsAt(), observation))
				: Optional.empty();
	}

}
