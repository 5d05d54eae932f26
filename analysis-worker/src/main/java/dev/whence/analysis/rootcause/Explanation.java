package dev.whence.analysis.rootcause;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** What {@code ai_explanation} says: the report, and beside it all findings. */
record Explanation(@JsonProperty("full_report") String fullReport, @JsonUnwrapped Findings findings,
		@JsonProperty("duration_ms") double duration, @JsonProperty("ranking_ms") double ranking) {

	Explanation(String report, Findings findings, Cost cost) {
		this(report, findings, millis(cost.loading().plus(cost.ranking())), millis(cost.ranking()));
	}

	static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

}
