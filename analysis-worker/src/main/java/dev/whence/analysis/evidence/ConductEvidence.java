package dev.whence.analysis.evidence;

import java.util.List;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.ConductWindow;
import org.jspecify.annotations.Nullable;

/**
 * What spans and logs tell: operations that take other steps than they do, calls that
 * take longer on the way, operations that work longer.
 */
public final class ConductEvidence {

	private ConductEvidence() {
	}

	/**
	 * The evidence, strongest first; the same for the same input in any order.
	 * @param before what was done just before the window
	 * @param reference normal blocks of time, apart from each other because their
	 * variance counts
	 */
	public static List<Evidence> find(ConductWindow window, @Nullable Conduct before, List<Conduct> reference) {
		return List.of();
	}

}
