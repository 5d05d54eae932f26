package dev.whence.analysis.incident;

import java.time.Duration;

import dev.whence.analysis.grouping.GroupingParameters;
import dev.whence.model.Problem;
import dev.whence.model.Severity;
import dev.whence.model.SignalType;

/**
 * The rules by which trouble becomes incidents, as far as somebody may want to try
 * others.
 *
 * @param gap a longer silence separates
 * @param reach the trouble of two services is one when so many calls or fewer lead from
 * one to the other
 * @param opensFrom the least severity that opens an incident
 * @param analysesFrom the least severity that is analysed
 */
public record FormingRules(Duration gap, int reach, Severity opensFrom, Severity analysesFrom) {

	/**
	 * Whether a problem opens an incident by itself. A point of a metric beyond a fixed
	 * limit does so only when it is part of a trace; whether that is unusual for its
	 * series shows in the minutes before, which detection looks at.
	 */
	boolean admits(Problem problem) {
		return problem.severity().isAtLeast(this.opensFrom)
				&& (problem.type() != SignalType.METRIC || problem.traceId() != null);
	}

	public GroupingParameters grouping() {
		return new GroupingParameters(this.gap, this.reach);
	}

}
