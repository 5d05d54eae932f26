package dev.whence.analysis.evidence;

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
}
