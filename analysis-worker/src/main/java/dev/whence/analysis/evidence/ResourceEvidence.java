package dev.whence.analysis.evidence;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.whence.analysis.statistics.Sample;
import dev.whence.analysis.statistics.Surprise;
import dev.whence.model.SignalType;

/**
 * A resource runs short: the upper tercile of the window lies above the median of normal
 * time, measured in what normal time reaches above its median.
 */
final class ResourceEvidence {

	/** Fewer normal points tell nothing. */
	static final int LEAST_NORMAL = 4;

	/** What happens once in ten times is not worth telling. */
	static final double LEAST_STRENGTH = 1;

	/** A series that never moves may move so much, as a share of its median. */
	private static final double LEAST_RELATIVE = 0.2;

	/** A share of a whole may move so many hundredths. */
	private static final double LEAST_POINTS = 3;

	/** What has no unit that we know has no floor of its own. */
	private static final double NO_FLOOR = 1e-9;

	private record Resource(String service, Measure measure) {
	}

	private ResourceEvidence() {
	}

	static void find(Scene scene, Clues clues) {
		List<MetricSeries> series = scene.metrics()
			.stream()
			.filter((one) -> measure(one, scene).isResource() && one.normal().length >= LEAST_NORMAL)
			.sorted(Levels.BY_NAME)
			.toList();
		Set<Resource> knownAsShare = new HashSet<>();
		series.stream()
			.filter(Measure::isShare)
			.forEach((one) -> knownAsShare.add(new Resource(one.service(), measure(one, scene))));
		for (MetricSeries one : series) {
			if (Measure.isShare(one) || !knownAsShare.contains(new Resource(one.service(), measure(one, scene)))) {
				compare(one, scene, clues);
			}
		}
	}

	private static Measure measure(MetricSeries series, Scene scene) {
		return Measure.of(series, scene.topology().level(series.service()) == Topology.Level.HOST);
	}

	private static void compare(MetricSeries series, Scene scene, Clues clues) {
		List<MetricSeries.Sample> current = Levels.within(series, scene.from());
		if (current.isEmpty()) {
			return;
		}
		Sample normal = Sample.of(series.normal());
		double median = normal.median();
		MetricSeries.Sample now = Levels.upperTercile(current);
		double floor = Measure.isShare(series) ? LEAST_POINTS * Measure.point(series) : NO_FLOOR;
		double scale = Math.max(normal.quantile(0.95) - median, Math.max(LEAST_RELATIVE * Math.abs(median), floor));
		double strength = Surprise.ofDeviation((now.value() - median) / scale);
		if (strength < LEAST_STRENGTH) {
			return;
		}
		String statement = series.name() + " rose from " + Levels.told(median) + " to " + Levels.told(now.value());
		clues.accuse(
				new Evidence(EvidenceClass.RESOURCE, Suspect.resource(series.service(), measure(series, scene).label()),
						strength, statement, Levels.signals(now), null,
						SignalQuery.of(series.service(), SignalType.METRIC, scene.from(), scene.to()),
						Levels.onset(current, median, now.value()), null));
	}

}
