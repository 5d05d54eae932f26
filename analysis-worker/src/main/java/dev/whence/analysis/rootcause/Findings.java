package dev.whence.analysis.rootcause;

import java.util.List;
import java.util.UUID;

/**
 * The answer of the ranker.
 *
 * @param confidence from 0 to 100
 * @param hypotheses the best first
 */
public record Findings(Verdict verdict, double confidence, List<Hypothesis> hypotheses, List<RuledOut> ruledOut) {

	/** Every signal that some evidence rests on, each once. */
	List<UUID> evidenceSignals() {
		return this.hypotheses.stream()
			.flatMap((hypothesis) -> hypothesis.evidence().stream())
			.flatMap((evidence) -> evidence.signalIds().stream())
			.distinct()
			.toList();
	}

}
