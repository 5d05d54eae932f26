package dev.whence.query.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.rollup.EdgeTotals;
import org.jspecify.annotations.Nullable;

/**
 * The calls from one service to another.
 *
 * @param p50Ms as the callee saw it
 * @param gapP95Ms how much longer calls took for the caller; null where no caller's side
 * is known
 */
record EdgeView(String caller, String callee, long calls, long errors, @JsonProperty("error_rate") double errorRate,
		@JsonProperty("p50_ms") @Nullable Double p50Ms, @JsonProperty("p95_ms") @Nullable Double p95Ms,
		@JsonProperty("gap_p95_ms") @Nullable Double gapP95Ms) {

	static EdgeView of(EdgeTotals edge) {
		return new EdgeView(edge.caller(), edge.callee(), edge.totals().calls(), edge.totals().errors(),
				Figures.errorRate(edge.totals()), Figures.millis(edge.totals().durations(), Figures.P50),
				Figures.millis(edge.totals().durations(), Figures.P95), Figures.millis(edge.gaps(), Figures.P95));
	}

}
