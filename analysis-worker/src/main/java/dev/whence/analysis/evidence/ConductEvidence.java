package dev.whence.analysis.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.ConductWindow;
import org.jspecify.annotations.Nullable;

/**
 * What spans and logs tell: operations that take other steps than they do, calls that
 * take longer on the way, operations that work longer.
 */
public final class ConductEvidence {

	private static final Comparator<Evidence> STRONGEST = Comparator.comparingDouble(Evidence::strength)
		.reversed()
		.thenComparing(Evidence::kind)
		.thenComparing((evidence) -> evidence.suspect().service())
		.thenComparing(Evidence::statement);

	/** Of one class for one service; more say nothing new. */
	private static final int MOST_ITEMS = 10;

	private ConductEvidence() {
	}

	/**
	 * The evidence, strongest first and a few per service and class; the same for the
	 * same input in any order. Costs one look at each execution and, per operation, the
	 * square of its different steps.
	 * @param before what was done just before the window
	 * @param reference normal blocks of time, apart from each other because their
	 * variance counts; where there are none, the time before the window is taken
	 */
	public static List<Evidence> find(ConductWindow window, @Nullable Conduct before, List<Conduct> reference) {
		Normal normal = Normal.of(before, reference);
		Executed executed = Executed.in(window);
		CallDelays delays = CallDelays.of(window.counters(), normal);
		List<Evidence> found = new ArrayList<>();
		found.addAll(PathEvidence.find(window, executed, normal, delays));
		found.addAll(GapEvidence.find(window, executed, delays));
		found.addAll(OwnTimeEvidence.find(window, executed, normal));
		found.sort(STRONGEST);
		return strongest(found);
	}

	private static List<Evidence> strongest(List<Evidence> sorted) {
		Map<Object, Integer> items = new HashMap<>();
		return sorted.stream()
			.filter((evidence) -> items.merge(List.of(evidence.suspect().service(), evidence.kind()), 1,
					Integer::sum) <= MOST_ITEMS)
			.toList();
	}

}
