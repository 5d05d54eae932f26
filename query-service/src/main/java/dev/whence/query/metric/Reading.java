package dev.whence.query.metric;

import java.time.Duration;
import java.util.Map;

import dev.whence.store.rollup.StepPoints;
import org.jspecify.annotations.Nullable;

/** What the numbers of a metric mean when one looks at their course. */
enum Reading {

	/** Each stands for itself: the mean of a step is shown. */
	VALUE {

		@Override
		Double of(StepPoints points, Duration length) {
			return points.mean();
		}

	},

	/** A running total: how fast it grew is shown. */
	TOTAL {

		@Override
		@Nullable Double of(StepPoints points, Duration length) {
			return (points.rise() != null) ? perSecond(points.rise(), points.risen()) : null;
		}

	},

	/** What was added since the point before: how much that is in a second is shown. */
	INCREMENT {

		@Override
		Double of(StepPoints points, Duration length) {
			return perSecond(points.sum(), length);
		}

	};

	/**
	 * How a sum is read.
	 * @param details of one of its points, as OpenTelemetry's decoder keeps them
	 */
	static Reading ofSum(Map<String, @Nullable Object> details) {
		if ("delta".equals(details.get("aggregation_temporality"))) {
			return INCREMENT;
		}
		return Boolean.TRUE.equals(details.get("is_monotonic")) ? TOTAL : VALUE;
	}

	/**
	 * What is shown of a step; null where it cannot be known.
	 * @param length how much of the step is counted
	 */
	abstract @Nullable Double of(StepPoints points, Duration length);

	boolean isRate() {
		return this != VALUE;
	}

	private static double perSecond(double amount, Duration time) {
		return amount / time.toSeconds();
	}

}
