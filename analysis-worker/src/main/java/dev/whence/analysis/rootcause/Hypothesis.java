package dev.whence.analysis.rootcause;

import java.util.List;

/**
 * A service that may be the cause.
 *
 * @param rank from 1; equal scores share a rank
 * @param operation what it was doing, empty when unknown
 * @param score from 0 to 1
 */
public record Hypothesis(int rank, String service, String operation, double score, String statement,
		List<Evidence> evidence) {
}
