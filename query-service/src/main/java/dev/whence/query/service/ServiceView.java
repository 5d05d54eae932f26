package dev.whence.query.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.rollup.CallTotals;
import dev.whence.store.rollup.LogTotals;
import dev.whence.store.rollup.ServiceTotals;
import org.jspecify.annotations.Nullable;

/**
 * What a service did in a range.
 *
 * @param calls its server and consumer spans; where it has none, all of its spans
 * @param ratePerSecond calls by the part of the range that is counted
 * @param p50Ms within 2.2 %; null without calls
 * @param errorLogs logs of level ERROR, FATAL and their like
 * @param lastSeen the latest minute with a span or log in the range; null without any
 */
record ServiceView(String service, long calls, long errors, @JsonProperty("error_rate") double errorRate,
		@JsonProperty("rate_per_second") double ratePerSecond, @JsonProperty("p50_ms") @Nullable Double p50Ms,
		@JsonProperty("p95_ms") @Nullable Double p95Ms, @JsonProperty("p99_ms") @Nullable Double p99Ms, long logs,
		@JsonProperty("error_logs") long errorLogs, @JsonProperty("last_seen") @Nullable Instant lastSeen) {

	static ServiceView of(String service, @Nullable ServiceTotals totals, @Nullable LogTotals logs, Duration counted) {
		CallTotals served = (totals != null) ? totals.served() : CallTotals.NONE;
		return new ServiceView(service, served.calls(), served.errors(), Figures.errorRate(served),
				(double) served.calls() / counted.toSeconds(), Figures.millis(served.durations(), Figures.P50),
				Figures.millis(served.durations(), Figures.P95), Figures.millis(served.durations(), Figures.P99),
				(logs != null) ? logs.logs() : 0, (logs != null) ? logs.errors() : 0,
				later((totals != null) ? totals.lastMinute() : null, (logs != null) ? logs.lastMinute() : null));
	}

	private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isAfter(other) ? one : other;
	}

	/**
	 * The services of a range, the one with the most calls first.
	 *
	 * @param watermark before it, all of the range is counted
	 * @param truncated whether there are more
	 */
	record Services(List<ServiceView> services, Instant from, Instant to, Instant watermark, boolean truncated) {
	}

}
