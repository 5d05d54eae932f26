package dev.whence.model.run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes steps of different runs the same: the name, the type, and being the n-th
 * such step of the run, because a pipeline may have several steps of one name.
 *
 * @param place counted from 1
 */
record StageKey(String name, String type, int place) {

	/** The steps of a run by what they are, in their order. */
	static Map<StageKey, DecisionStep> of(DecisionRun run) {
		Map<StageKey, DecisionStep> keyed = new LinkedHashMap<>();
		Map<List<String>, Integer> seen = new HashMap<>();
		for (DecisionStep step : run.steps()) {
			int place = seen.merge(List.of(step.name(), step.type()), 1, Integer::sum);
			keyed.put(new StageKey(step.name(), step.type(), place), step);
		}
		return keyed;
	}

}
