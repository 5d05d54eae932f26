package dev.whence.analysis.rootcause;

import java.util.Collection;
import java.util.List;

import dev.whence.analysis.evidence.Evidence;
import dev.whence.analysis.evidence.EvidenceClass;
import dev.whence.analysis.evidence.Scene;

/**
 * Who would be suspect if one class of evidence had not been looked at: how firm the
 * answer stands, and what each class is worth.
 *
 * @param evidence the class that is left out; what other classes made of the same signals
 * still counts
 * @param ranking the best first, at most ten; empty when only this class spoke
 */
public record Without(EvidenceClass evidence, List<Ranked> ranking) {

	private static final int MAX_RANKING = 10;

	/** Leaves out each class that was found, one at a time. */
	static List<Without> each(Scene scene, Collection<Evidence> all, CallGraph calls) {
		return all.stream().map(Evidence::kind).distinct().sorted().map((kind) -> {
			List<Evidence> others = all.stream().filter((evidence) -> evidence.kind() != kind).toList();
			return new Without(kind,
					Scores.of(scene, others, calls).ranking(scene.topology()).stream().limit(MAX_RANKING).toList());
		}).toList();
	}

}
