package dev.whence.analysis.evidence;

import java.util.List;

import dev.whence.analysis.statistics.Sample;
import dev.whence.analysis.statistics.Surprise;
import dev.whence.model.SignalType;

/**
 * Calls take longer than their callee does, where a mesh measures both ends: the latency
 * that the caller measures rose by more than the one that the callee measures.
 */
final class EdgeLatencyEvidence {

	/** See {@link ResourceEvidence}; latencies wander more than resources. */
	private static final double LEAST_RELATIVE = 0.3;

	/** Shorter than this, schedulers and garbage collection show through. */
	private static final double LEAST_MILLISECONDS = 3;

	private EdgeLatencyEvidence() {
	}

	static void find(Scene scene, Clues clues) {
		List<MetricSeries> calls = scene.metrics()
			.stream()
			.filter((series) -> !series.source().isEmpty() && !series.target().isEmpty())
			.filter((series) -> Measure.of(series, false) == Measure.LATENCY)
			.filter((series) -> series.normal().length > 0 && !Levels.within(series, scene.from()).isEmpty())
			.sorted(Levels.BY_NAME)
			.toList();
		for (MetricSeries series : calls) {
			if (series.service().equals(series.source()) && series.normal().length >= ResourceEvidence.LEAST_NORMAL) {
				compare(series, risenAtCallee(series, calls, scene), scene, clues);
			}
		}
	}

	// In the caller's unit; both ends are measured by the same mesh.
	private static double risenAtCallee(MetricSeries caller, List<MetricSeries> calls, Scene scene) {
		return calls.stream()
			.filter((series) -> series.service().equals(caller.target()) && series.source().equals(caller.source())
					&& series.target().equals(caller.target()))
			.mapToDouble((series) -> (median(series, scene) - Sample.of(series.normal()).median())
					/ Measure.millisecond(series) * Measure.millisecond(caller))
			.max()
			.orElse(0);
	}

	private static void compare(MetricSeries series, double risenAtCallee, Scene scene, Clues clues) {
		Sample normal = Sample.of(series.normal());
		double before = normal.median();
		double now = median(series, scene);
		double scale = Math.max(normal.quantile(0.95) - before,
				Math.max(LEAST_RELATIVE * before, LEAST_MILLISECONDS * Measure.millisecond(series)));
		double strength = Surprise.ofDeviation((now - before - Math.max(0, risenAtCallee)) / scale);
		if (strength < ResourceEvidence.LEAST_STRENGTH) {
			return;
		}
		List<MetricSeries.Sample> current = Levels.within(series, scene.from());
		String statement = "calls from " + series.source() + " take longer on the way: " + series.name() + " rose from "
				+ Levels.told(before) + " to " + Levels.told(now) + ", which the callee's side does not see";
		clues.accuse(new Evidence(EvidenceClass.GAP, Suspect.resource(series.target(), "network"), strength, statement,
				Levels.signals(current.getFirst()), null,
				SignalQuery.of(series.source(), SignalType.METRIC, scene.from(), scene.to()),
				Levels.onset(current, before, now), series.source()));
	}

	private static double median(MetricSeries series, Scene scene) {
		return Sample.of(Levels.within(series, scene.from()).stream().mapToDouble(MetricSeries.Sample::value).toArray())
			.median();
	}

}
