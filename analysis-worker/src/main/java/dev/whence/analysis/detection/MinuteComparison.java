package dev.whence.analysis.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.whence.analysis.evidence.ConductEvidence;
import dev.whence.analysis.evidence.Evidence;
import dev.whence.analysis.scene.MinuteScene;
import dev.whence.analysis.scene.NormalHistory;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.store.rollup.Call;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.RollupReader;

import org.springframework.stereotype.Component;

/** Compares a minute with normal ones in every respect. */
@Component
class MinuteComparison {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/** A late alarm must not be learned as normal. */
	private static final Duration GUARD = Duration.ofMinutes(1);

	private static final int NORMAL_MINUTES = 24;

	private static final int MAX_ROLLUPS = 100_000;

	private static final int MAX_CALLS = 10_000;

	/**
	 * Steps lost or new, per execution. Ordinary minutes reach 5 now and then where there
	 * is little history, so more is asked, twice in a row.
	 */
	private static final double CONDUCT = 6;

	/** Waiting on the way: the sum over several calls, each at most 6. */
	private static final double GAP = 6;

	private static final double OWN = 4;

	private final RollupReader rollups;

	private final NormalHistory history;

	private final MinuteScene scene;

	private final SeriesComparison series;

	private final BurnRate burnRate;

	MinuteComparison(RollupReader rollups, NormalHistory history, MinuteScene scene, SeriesComparison series,
			DetectionProperties properties) {
		this.rollups = rollups;
		this.history = history;
		this.scene = scene;
		this.series = series;
		this.burnRate = new BurnRate(properties.objective());
	}

	/**
	 * What deviates in the minute.
	 * @param standings what deviated before, by fingerprint
	 */
	Compared compare(ProjectId project, Instant minute, Map<String, Standing> standings) {
		Set<Deviation.Kind> kinds = EnumSet.noneOf(Deviation.Kind.class);
		List<Deviation> found = new ArrayList<>();
		ofSpans(project, minute).ifPresent((deviations) -> {
			kinds.addAll(Deviation.Kind.OF_SPANS);
			found.addAll(deviations);
		});
		this.series.deviations(project, minute, standings).ifPresent((deviations) -> {
			kinds.add(Deviation.Kind.SERIES);
			found.addAll(deviations);
		});
		return new Compared(kinds, found);
	}

	// Empty when it cannot be compared, because it holds no spans or too little is known
	// of normal ones.
	private Optional<List<Deviation>> ofSpans(ProjectId project, Instant minute) {
		List<Instant> normal = this.history.minutesWithSpans(project, minute.minus(GUARD), NORMAL_MINUTES);
		if (normal.size() < ServiceLevels.LEAST_NORMAL) {
			return Optional.empty();
		}
		Minutes now = Minutes.of(List.of(minute));
		List<MinuteView> views = MinuteView.of(this.rollups.spans(project, now, MAX_ROLLUPS));
		if (views.isEmpty()) {
			return Optional.empty();
		}
		Set<String> called = this.rollups.calls(project, Minutes.of(normal), MAX_CALLS)
			.stream()
			.map(Call::callee)
			.collect(Collectors.toSet());
		List<Deviation> found = new ArrayList<>(ServiceLevels.find(views.getFirst(),
				MinuteView.of(this.rollups.spans(project, Minutes.of(normal), MAX_ROLLUPS)), called));
		found.addAll(conduct(project, minute, normal));
		return Optional.of(critical(project, minute, found));
	}

	/** Errors of a service that uses up its budget are critical. */
	private List<Deviation> critical(ProjectId project, Instant minute, List<Deviation> found) {
		Set<String> failing = found.stream()
			.filter((deviation) -> deviation.kind() == Deviation.Kind.ERROR_RATIO)
			.map(Deviation::service)
			.collect(Collectors.toSet());
		if (failing.isEmpty()) {
			return found;
		}
		Instant end = minute.plus(MINUTE);
		List<MinuteView> lately = MinuteView
			.of(this.rollups.spans(project, Minutes.between(end.minus(BurnRate.LONGEST), end), MAX_ROLLUPS));
		Set<String> burning = failing.stream()
			.filter((service) -> this.burnRate.isCritical(served(service, lately), end))
			.collect(Collectors.toSet());
		return found.stream()
			.map((deviation) -> (deviation.kind() == Deviation.Kind.ERROR_RATIO
					&& burning.contains(deviation.service())) ? deviation.as(Severity.CRITICAL) : deviation)
			.toList();
	}

	private static List<BurnRate.Minute> served(String service, List<MinuteView> minutes) {
		return minutes.stream().map((minute) -> {
			List<MinuteView.Served> served = minute.operations()
				.entrySet()
				.stream()
				.filter((operation) -> operation.getKey().service().equals(service))
				.map(Map.Entry::getValue)
				.toList();
			return new BurnRate.Minute(minute.minute(), served.stream().mapToLong(MinuteView.Served::calls).sum(),
					served.stream().mapToLong(MinuteView.Served::errors).sum());
		}).toList();
	}

	private List<Deviation> conduct(ProjectId project, Instant minute, List<Instant> normal) {
		MinuteScene.Minute seen = this.scene.load(project, minute, minute.plus(MINUTE), normal);
		Map<String, Deviation> strongest = new TreeMap<>();
		ConductEvidence.find(seen.window(), seen.before(), seen.reference())
			.stream()
			.filter((evidence) -> evidence.strength() >= threshold(evidence))
			.map(MinuteComparison::deviation)
			.sorted(Comparator.comparingDouble(Deviation::strength).reversed().thenComparing(Deviation::statement))
			.forEach((deviation) -> strongest.putIfAbsent(deviation.kind() + " " + deviation.service(), deviation));
		return List.copyOf(strongest.values());
	}

	private static double threshold(Evidence evidence) {
		return switch (evidence.kind()) {
			case PATH -> CONDUCT;
			case GAP -> GAP;
			case OWN -> OWN;
			default -> Double.POSITIVE_INFINITY;
		};
	}

	// One per service and kind: the operation and the step may differ from minute to
	// minute while the fault is the same.
	private static Deviation deviation(Evidence evidence) {
		Deviation.Kind kind = switch (evidence.kind()) {
			case GAP -> Deviation.Kind.GAP;
			case OWN -> Deviation.Kind.OWN;
			default -> Deviation.Kind.CONDUCT;
		};
		return new Deviation(kind, evidence.suspect().service(), "", "", Severity.MEDIUM, evidence.strength(),
				evidence.statement());
	}

	/**
	 * What a minute says.
	 *
	 * @param kinds what could be compared at all
	 */
	record Compared(Set<Deviation.Kind> kinds, List<Deviation> deviations) {
	}

}
