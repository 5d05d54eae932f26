package dev.whence.e2e.hostile;

import java.util.Map;
import java.util.Set;

/**
 * Where Whence answers otherwise than the list proposes, and why that is right.
 *
 * @param waived properties that do not apply to that answer
 */
record Decision(Set<Integer> statuses, Set<String> waived, String reason) {

	/** By the id of the case. */
	static final Map<String, Decision> ALL = Map.of();

	static Decision status(int status, String reason) {
		return new Decision(Set.of(status), Set.of(), reason);
	}

}
