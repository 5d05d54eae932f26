package dev.whence.query.incident;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How fast incidents were handled, computed from their histories.
 *
 * @param incidents detected in the range, without those that were merged into another
 * @param acknowledged how many of them somebody acknowledged
 * @param resolved how many were resolved or closed
 * @param autoResolved how many of those by falling quiet
 * @param reopened how many came back at least once
 * @param mtta from detection to the first acknowledgement; null when there was none
 * @param mttr from detection to the first resolution, and where that came by falling
 * quiet, to the last sign of trouble; null when there was none
 */
record IncidentStats(Instant from, Instant to, @Nullable String service, long incidents, long acknowledged,
		long resolved, @JsonProperty("auto_resolved") long autoResolved, long reopened, @Nullable Durations mtta,
		@Nullable Durations mttr) {

	/** A number of durations, in seconds. */
	record Durations(long count, @JsonProperty("mean_seconds") double meanSeconds,
			@JsonProperty("median_seconds") double medianSeconds) {

		static @Nullable Durations of(long count, double mean, double median) {
			return (count > 0) ? new Durations(count, mean, median) : null;
		}

	}

}
