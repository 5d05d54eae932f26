package dev.whence.analysis.evidence;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/**
 * Who calls whom and what runs where, as the telemetry says.
 *
 * @param callees the services that a service calls
 * @param instances the instances of a service
 * @param hosted what runs on a host: instances, or services where no instance is known
 */
public record Topology(Map<String, Set<String>> callees, Map<String, Set<String>> instances,
		Map<String, Set<String>> hosted) {

	public static Topology unknown() {
		return new Topology(Map.of(), Map.of(), Map.of());
	}

	/**
	 * What kind of thing a name stands for; a service unless something says otherwise.
	 */
	public Level level(String name) {
		if (this.hosted.containsKey(name)) {
			return Level.HOST;
		}
		return this.instances.values().stream().anyMatch((instances) -> instances.contains(name)) ? Level.INSTANCE
				: Level.SERVICE;
	}

	/** The service that an instance belongs to, otherwise the name itself. */
	public String serviceOf(String name) {
		return this.instances.entrySet()
			.stream()
			.filter((service) -> service.getValue().contains(name))
			.map(Map.Entry::getKey)
			.min(Comparator.naturalOrder())
			.orElse(name);
	}

	/** What can be under suspicion. */
	public enum Level {

		SERVICE, INSTANCE, HOST

	}

}
