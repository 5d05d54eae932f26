package dev.whence.analysis.evidence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One metric of one service, or of one call between two.
 *
 * @param service who reported it
 * @param source the caller, for the metric of a call, otherwise empty
 * @param target the callee, for the metric of a call, otherwise empty
 * @param unit UCUM; empty when unknown
 * @param normal values in normal minutes, in no order
 * @param current what was measured from shortly before the window to its end, oldest
 * first
 */
public record MetricSeries(String service, String name, String source, String target, String unit, double[] normal,
		List<Sample> current) {

	/** One point; without a signal when only its rollup was read. */
	public record Sample(Instant time, double value, @Nullable UUID signalId) {
	}

}
