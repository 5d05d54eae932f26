package dev.whence.analysis.rootcause;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.evidence.Topology;

/**
 * Somebody who may be the cause, as precisely as the evidence tells; what is not known is
 * empty.
 *
 * @param rank from 1; equal scores share a rank
 * @param service the service, or the instance or host itself
 * @param level which of these
 * @param operation what it was doing
 * @param codeRegion between which two steps
 * @param resource what runs short
 * @param score the sum of what speaks for it; see {@link Scores}
 * @param statement one sentence
 * @param evidence the strongest first
 */
public record Hypothesis(int rank, String service, Topology.Level level, String operation,
		@JsonProperty("code_region") String codeRegion, String resource, String instance, String host, double score,
		String statement, List<Proof> evidence) {
}
