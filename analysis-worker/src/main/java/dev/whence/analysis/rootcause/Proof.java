package dev.whence.analysis.rootcause;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.evidence.Evidence;
import dev.whence.analysis.evidence.EvidenceClass;
import org.jspecify.annotations.Nullable;

/**
 * One piece of evidence as a hypothesis tells it.
 *
 * @param strength how surprising it is in normal time: -log10 of a probability
 * @param signals the signals that prove it
 * @param traceId a trace in which to look at them
 * @param query the request that shows the data again, relative to the gateway
 */
public record Proof(EvidenceClass kind, String statement, double strength, List<UUID> signals,
		@JsonProperty("trace_id") @Nullable String traceId, @Nullable String query) {

	static Proof of(Evidence evidence) {
		return new Proof(evidence.kind(), evidence.statement(), Scores.rounded(evidence.strength()), evidence.signals(),
				evidence.traceId(), evidence.query());
	}

}
