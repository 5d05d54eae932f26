package dev.whence.standalone.evaluate.data;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One fault, as far as whoever looks for its cause may know it.
 *
 * @param system whose telemetry it is; cases of one system share its history
 * @param file the signals around the fault
 * @param baseline telemetry of the same system in normal time
 * @param topology what runs where and calls whom, if the data set says so
 * @param start when the symptom is reported to have begun
 * @param target where the symptom was seen, if the data set says so
 */
public record FaultCase(String id, String system, Path file, List<Path> baseline, @Nullable Path topology,
		Instant start, Instant end, @Nullable Target target) {

	/**
	 * What a service level objective was violated on.
	 *
	 * @param metric {@code latency} or {@code availability}
	 * @param seen when the violation was noticed, if that is known
	 */
	public record Target(String service, String metric, @Nullable Instant seen) {
	}

}
