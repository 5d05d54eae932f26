package dev.whence.analysis.rootcause;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One observation that speaks for a hypothesis.
 *
 * @param signalIds the signals that prove it
 * @param traceId a trace in which to look at them
 */
public record Evidence(String kind, String statement, @JsonProperty("signal_ids") List<UUID> signalIds,
		@JsonProperty("trace_id") @Nullable String traceId) {
}
