package dev.whence.analysis.evidence;

import java.time.Duration;
import java.util.Map;

/**
 * How often each thing alerted in earlier incident windows; sums over all of them.
 *
 * @param windows how many
 * @param length how long together
 * @param metrics distinct alerting metrics by entity
 * @param logs count of alerting statements, by entity and statement
 * @param calls windows in which the call alerted, by caller and callee
 */
public record AlertHistory(int windows, Duration length, Map<String, Integer> metrics, Map<Statement, Integer> logs,
		Map<Call, Integer> calls) {

	/** A masked log statement of an entity. */
	public record Statement(String entity, String text) {
	}

	/** A call. */
	public record Call(String caller, String callee) {
	}

	public static AlertHistory none() {
		return new AlertHistory(0, Duration.ZERO, Map.of(), Map.of(), Map.of());
	}

}
