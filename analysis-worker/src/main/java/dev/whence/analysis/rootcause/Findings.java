package dev.whence.analysis.rootcause;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The answer of the ranker.
 *
 * @param methodVersion which method answered, so that an old answer can be explained
 * @param verdict how sure it is
 * @param confidence the same as a number from 0 to 100; see {@link Certainty}
 * @param ranking all who are suspect, the best first, at most 20
 * @param hypotheses the first of them, with their evidence, at most 5
 * @param without how the ranking would be if one class of evidence were left out, for
 * each class that was found
 * @param path how the trouble came from the first hypothesis to where it was noticed;
 * empty when that is not known
 * @param ruledOut who shows trouble but did not start it, or shows none
 * @param timeline oldest first
 */
public record Findings(@JsonProperty("method_version") String methodVersion, Verdict verdict, double confidence,
		AnalysisWindow window, List<Ranked> ranking, List<Hypothesis> hypotheses, List<Without> without,
		List<PathStep> path, @JsonProperty("ruled_out") List<RuledOut> ruledOut,
		@JsonProperty("blast_radius") BlastRadius blastRadius, List<TimelineEntry> timeline) {

	/** Every signal that some evidence rests on, each once. */
	List<UUID> evidenceSignals() {
		return this.hypotheses.stream()
			.flatMap((hypothesis) -> hypothesis.evidence().stream())
			.flatMap((evidence) -> evidence.signals().stream())
			.distinct()
			.toList();
	}

}
