package dev.whence.analysis.grouping;

import java.time.Duration;

/**
 * What "together" means.
 *
 * @param gap a longer silence separates; 120 s is what the study behind the contract used
 * @param reach the trouble of two services is one when so many calls or fewer lead from
 * one to the other; two bridge a service that says nothing of its own
 */
public record GroupingParameters(Duration gap, int reach) {

	public GroupingParameters {
		if (gap.isNegative() || reach < 0) {
			throw new IllegalArgumentException("neither the gap nor the reach can be negative");
		}
	}

}
