package dev.whence.analysis.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

import dev.whence.analysis.behaviour.Execution;
import dev.whence.analysis.statistics.Sample;
import dev.whence.analysis.statistics.Surprise;
import dev.whence.model.SignalType;

/**
 * Which services keep their promise no longer, seen in metrics along the call graph:
 * latency or availability, whichever the trigger is about. Latencies and failures of
 * callees add up in their caller, so a service keeps only the part of its change that no
 * callee explains. Services whose spans are seen are judged by these instead.
 */
final class ServiceLevelEvidence {

	private static final int LEAST_NORMAL = 10;

	/** As many median absolute deviations as still pass for normal. */
	private static final double DEVIATIONS = 3;

	private static final double LEAST_RELATIVE = 0.2;

	private static final double LEAST_POINTS = 1;

	private static final double LEAST_MILLISECONDS = 3;

	/** An alarm needs a while to be sure. */
	private static final Duration LATE_ALARM = Duration.ofMinutes(1);

	/**
	 * A point with the time its interval begins with is known when that has ended, and
	 * the alarm comes before the next one has: so many steps lie between at most.
	 */
	private static final int STEPS = 2;

	/** Who cannot be reached from the trigger is half as suspect. */
	private static final double UNREACHED = 0.5;

	/** From here somebody else explains the change. */
	private static final double EXPLAINED = 0.5;

	/** Parts that small are not worth telling. */
	private static final double TOLD = 0.05;

	/** A change, signed so that worse is more. */
	private record Change(MetricSeries series, double surprise, double size, double normal, MetricSeries.Sample now,
			Instant onset) {
	}

	private record Explained(double share, String by) {
	}

	private ServiceLevelEvidence() {
	}

	static void find(Scene scene, Clues clues) {
		Optional<Trigger> trigger = scene.trigger();
		if (trigger.isEmpty()) {
			return;
		}
		Map<String, Change> changes = changes(scene, trigger.get());
		Set<String> seenInside = scene.window()
			.executions()
			.stream()
			.map(Execution::service)
			.collect(Collectors.toSet());
		Set<String> reached = reached(scene.topology(), trigger.get().service());
		changes.forEach((service, change) -> {
			if (change.surprise() >= ResourceEvidence.LEAST_STRENGTH) {
				clues.deviates(new Clues.Sign(service, change.onset(), told(change), Levels.signals(change.now())));
			}
			if (!seenInside.contains(service)) {
				Explained explained = explained(service, change, changes, scene.topology());
				accuse(service, change, explained, reached.contains(service), scene, clues);
			}
		});
	}

	private static Map<String, Change> changes(Scene scene, Trigger trigger) {
		Instant onset = trigger.at().minus(Levels.step(scene.metrics()).multipliedBy(STEPS)).minus(LATE_ALARM);
		Map<String, Change> strongest = new TreeMap<>();
		scene.metrics()
			.stream()
			.filter((series) -> isAbout(series, trigger.level(), scene) && series.normal().length >= LEAST_NORMAL)
			.sorted(Levels.BY_NAME)
			.forEach((series) -> change(series, onset).ifPresent((change) -> strongest.merge(series.service(), change,
					(one, other) -> (other.surprise() > one.surprise()) ? other : one)));
		return strongest;
	}

	private static boolean isAbout(MetricSeries series, Trigger.ServiceLevel level, Scene scene) {
		return switch (Measure.of(series, scene.topology().level(series.service()) == Topology.Level.HOST)) {
			case LATENCY -> level == Trigger.ServiceLevel.LATENCY;
			case AVAILABILITY, FAILURES -> level == Trigger.ServiceLevel.AVAILABILITY;
			case CPU, MEMORY, DISK, POOL, OTHER -> false;
		};
	}

	// Against normal time and against what was measured just before the onset: what was
	// bad
	// already did not begin now.
	private static Optional<Change> change(MetricSeries series, Instant onset) {
		boolean latency = Measure.of(series, true) == Measure.LATENCY;
		double worse = (Measure.of(series, true) == Measure.AVAILABILITY) ? -1 : 1;
		List<MetricSeries.Sample> now = series.current()
			.stream()
			.filter((sample) -> !sample.time().isBefore(onset))
			.map((sample) -> new MetricSeries.Sample(sample.time(), worse * sample.value(), sample.signalId()))
			.toList();
		if (now.isEmpty()) {
			return Optional.empty();
		}
		Sample normal = Sample.of(DoubleStream.of(series.normal()).map((value) -> worse * value).toArray());
		double median = normal.median();
		MetricSeries.Sample level = Levels.held(now);
		double before = series.current()
			.stream()
			.filter((sample) -> sample.time().isBefore(onset))
			.mapToDouble((sample) -> worse * sample.value())
			.reduce(median, Math::max);
		double floor = latency ? LEAST_RELATIVE * Math.abs(median) : LEAST_POINTS * Measure.point(series);
		double noise = Math.max(normal.quantile(0.95) - median, DEVIATIONS * normal.medianAbsoluteDeviation());
		double scale = Math.max(noise,
				latency ? Math.max(floor, LEAST_MILLISECONDS * Measure.millisecond(series)) : floor);
		double size = level.value() - before;
		return Optional.of(new Change(series, Surprise.ofDeviation(size / scale), size, worse * median,
				new MetricSeries.Sample(level.time(), worse * level.value(), level.signalId()),
				Levels.onset(now, median, level.value())));
	}

	private static Set<String> reached(Topology topology, String from) {
		Set<String> reached = new TreeSet<>(Set.of(from));
		Deque<String> next = new ArrayDeque<>(reached);
		while (!next.isEmpty()) {
			for (String callee : topology.callees().getOrDefault(next.remove(), Set.of())) {
				if (reached.add(callee)) {
					next.add(callee);
				}
			}
		}
		return reached;
	}

	private static Explained explained(String service, Change change, Map<String, Change> changes, Topology topology) {
		Explained most = new Explained(0, "");
		for (String callee : new TreeSet<>(topology.callees().getOrDefault(service, Set.of()))) {
			Change theirs = changes.get(callee);
			if (theirs != null && !callee.equals(service) && change.size() > 0) {
				double share = Math.min(1, theirs.size() / change.size()) * (1 - Math.pow(10, -theirs.surprise()));
				most = (share > most.share()) ? new Explained(share, callee) : most;
			}
		}
		return most;
	}

	private static void accuse(String service, Change change, Explained explained, boolean reached, Scene scene,
			Clues clues) {
		if (explained.share() >= EXPLAINED && change.surprise() >= ResourceEvidence.LEAST_STRENGTH) {
			clues.excuse(new Clues.Excuse(service, explained.by(), told(change) + ", but " + explained.by()
					+ ", which it calls, explains " + Math.round(100 * explained.share()) + " % of that"));
		}
		String statement = told(change) + ((explained.share() > TOLD)
				? ", " + Math.round(100 * explained.share()) + " % of it because of " + explained.by() : "");
		clues.accuse(new Evidence(EvidenceClass.SLI, Suspect.service(service),
				change.surprise() * (1 - explained.share()) * (reached ? 1 : UNREACHED), statement,
				Levels.signals(change.now()), null,
				SignalQuery.of(service, SignalType.METRIC, scene.from(), scene.to()), change.onset(), null));
	}

	private static String told(Change change) {
		return change.series().name() + ((change.now().value() < change.normal()) ? " fell from " : " rose from ")
				+ Levels.told(change.normal()) + " to " + Levels.told(change.now().value());
	}

}
