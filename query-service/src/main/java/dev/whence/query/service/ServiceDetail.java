package dev.whence.query.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One service in a range: what {@link ServiceView} says, and more.
 *
 * @param logCount what is {@code logs} there
 * @param series every bucket of the range, oldest first
 * @param operations the ones with the most calls
 * @param logs the buckets with logs
 * @param changes the newest in the range
 * @param openIncidents that affect it now, whatever the range
 * @param truncated whether there are more operations, callers or callees than are shown
 */
record ServiceDetail(String service, long calls, long errors, @JsonProperty("error_rate") double errorRate,
		@JsonProperty("rate_per_second") double ratePerSecond, @JsonProperty("p50_ms") @Nullable Double p50Ms,
		@JsonProperty("p95_ms") @Nullable Double p95Ms, @JsonProperty("p99_ms") @Nullable Double p99Ms,
		@JsonProperty("log_count") long logCount, @JsonProperty("error_logs") long errorLogs,
		@JsonProperty("last_seen") @Nullable Instant lastSeen, Instant from, Instant to, Instant watermark,
		@JsonProperty("bucket_seconds") long bucketSeconds, List<Bucket> series, List<OperationView> operations,
		List<EdgeView> callers, List<EdgeView> callees, List<LogBucket> logs, List<ChangeMark> changes,
		@JsonProperty("open_incidents") List<OpenIncident> openIncidents, boolean truncated) {

	/** What was served in a part of the range. */
	record Bucket(Instant start, long calls, long errors, @JsonProperty("p50_ms") @Nullable Double p50Ms,
			@JsonProperty("p95_ms") @Nullable Double p95Ms, @JsonProperty("p99_ms") @Nullable Double p99Ms) {
	}

	/** What was logged in a part of the range, by severity in upper case. */
	record LogBucket(Instant start, Map<String, Long> counts) {
	}

	/** What was changed of the service. */
	record ChangeMark(Instant at, String kind, String title) {
	}

	/** An incident that is not over. */
	record OpenIncident(UUID id, String title, String severity) {
	}

}
