package dev.whence.query.service;

import java.time.Duration;

import dev.whence.store.rollup.CallTotals;
import dev.whence.store.rollup.DurationSketch;
import org.jspecify.annotations.Nullable;

/** Figures as answers show them. */
final class Figures {

	static final double P50 = 0.5;

	static final double P95 = 0.95;

	static final double P99 = 0.99;

	private static final double NANOS_PER_MILLI = 1e6;

	/** Parts of a millisecond that are shown. */
	private static final double PARTS = 1_000;

	private Figures() {
	}

	/** The share of the calls that failed; 0 without calls. */
	static double errorRate(CallTotals totals) {
		return (totals.calls() > 0) ? (double) totals.errors() / totals.calls() : 0;
	}

	/** A quantile in milliseconds; null without durations. */
	static @Nullable Double millis(DurationSketch durations, double share) {
		return (durations.count() > 0) ? millis(durations.quantile(share)) : null;
	}

	static double millis(Duration duration) {
		return Math.round(duration.toNanos() / NANOS_PER_MILLI * PARTS) / PARTS;
	}

}
