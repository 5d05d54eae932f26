package dev.whence.query.service;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.rollup.CallTotals;
import org.jspecify.annotations.Nullable;

/**
 * The services of a range and the calls between them, those with the most calls first.
 *
 * @param watermark before it, all of the range is counted
 * @param truncated whether there are more services or edges
 */
record ServiceMap(List<Node> nodes, List<EdgeView> edges, Instant from, Instant to, Instant watermark,
		boolean truncated) {

	/**
	 * A service.
	 *
	 * @param openIncidents that affect it now, whatever the range
	 */
	record Node(String service, long calls, long errors, @JsonProperty("error_rate") double errorRate,
			@JsonProperty("p95_ms") @Nullable Double p95Ms, @JsonProperty("open_incidents") long openIncidents) {

		static Node of(String service, CallTotals served, long openIncidents) {
			return new Node(service, served.calls(), served.errors(), Figures.errorRate(served),
					Figures.millis(served.durations(), Figures.P95), openIncidents);
		}

	}

}
