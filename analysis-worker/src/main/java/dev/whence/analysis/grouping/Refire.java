package dev.whence.analysis.grouping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds a second onset inside a stretch of alerts. An incident that spreads fires new
 * alerts; when many that it had fire again together, more than flapping explains and more
 * than there are new ones, and all of a sudden, then something has begun anew.
 * <p>
 * One pass in time order; what is usual is learned from what came before.
 */
final class Refire {

	/**
	 * An onset shows within a second, where alerts follow from one failing call, or
	 * within ten, where they follow from samples of metrics.
	 */
	private static final double[] WINDOWS = { 1, 10 };

	private static final double LONGEST = 10;

	/** Less probable than this by flapping alone, it is an onset; as in the method. */
	private static final double RARE = 3e-3;

	/** Fewer alerts than this are never an onset. */
	private static final int LEAST = 2;

	/**
	 * All of a sudden: so many times as many different alerts as in the time before.
	 * Flapping is spread over time.
	 */
	private static final double SUDDEN = 3;

	private static final double BEFORE = 40;

	/** Half an alert stands for none, so that a quiet time before is no proof. */
	private static final double NONE = 0.5;

	private final double gap;

	private final List<List<Member>> segments = new ArrayList<>();

	/** Per alert, when it fired last in this segment. */
	private final Map<String, Double> lastFired = new HashMap<>();

	/** What fired within the longest window. */
	private List<Shot> recent = new ArrayList<>();

	/** What fired within the longest window and the time before it. */
	private List<Shot> past = new ArrayList<>();

	private double last = Double.NaN;

	private Flapping flapping;

	private Refire(Duration gap, Flapping flapping) {
		this.gap = gap.toMillis() / 1000.0;
		this.flapping = flapping;
	}

	/**
	 * Cuts the alerts at every gap and at every onset.
	 * @param alerts in time order
	 */
	static List<List<Member>> segments(List<Member> alerts, Duration gap, Flapping flapping) {
		Refire pass = new Refire(gap, flapping);
		alerts.forEach(pass::accept);
		return pass.segments;
	}

	/** What one learns from them about flapping. */
	static Flapping learn(List<Member> alerts, Duration gap) {
		Refire pass = new Refire(gap, Flapping.ASSUMED);
		alerts.forEach(pass::accept);
		return pass.flapping;
	}

	private void accept(Member alert) {
		double now = seconds(alert);
		if (this.segments.isEmpty() || now - this.last > this.gap) {
			begin();
		}
		else {
			this.flapping = this.flapping.plus(0, now - this.last);
		}
		this.last = now;
		this.recent.removeIf((shot) -> now - shot.at > LONGEST);
		this.past.removeIf((shot) -> now - shot.at > BEFORE + LONGEST);
		Double before = alert.repeats() ? this.lastFired.get(kind(alert)) : null;
		Shot shot = new Shot(alert, now, before != null && now - before > LONGEST);
		this.recent.add(shot);
		this.flapping = this.flapping.plus(shot.again ? 1 : 0, 0);
		if (alert.repeats()) {
			this.past.add(shot);
		}
		this.segments.getLast().add(alert);
		this.lastFired.put(kind(alert), now);
		for (double window : WINDOWS) {
			if (isOnset(now, window)) {
				split();
				return;
			}
		}
	}

	private void begin() {
		this.segments.add(new ArrayList<>());
		this.lastFired.clear();
		this.recent = new ArrayList<>();
		this.past = new ArrayList<>();
	}

	private boolean isOnset(double now, double window) {
		List<Shot> shots = this.recent.stream()
			.filter((shot) -> now - shot.at <= window && shot.alert.repeats())
			.toList();
		Set<String> again = new HashSet<>();
		shots.stream().filter(Shot::again).forEach((shot) -> again.add(kind(shot.alert)));
		if (again.size() < LEAST) {
			return false;
		}
		Set<String> all = new HashSet<>();
		shots.forEach((shot) -> all.add(kind(shot.alert)));
		int fresh = all.size() - again.size();
		if (again.size() <= fresh || usual().chance(again.size(), window) > RARE) {
			return false;
		}
		double from = this.recent.stream()
			.filter((shot) -> now - shot.at <= window)
			.mapToDouble(Shot::at)
			.min()
			.orElse(now);
		Set<String> before = new HashSet<>();
		this.past.stream()
			.filter((shot) -> shot.at < from && shot.at >= from - BEFORE)
			.forEach((shot) -> before.add(kind(shot.alert)));
		return all.size() >= SUDDEN * (before.size() * window / BEFORE + NONE);
	}

	/** Flapping as it was before the present repetitions. */
	private Flapping usual() {
		return this.flapping.plus(-this.recent.stream().filter(Shot::again).count(), 0);
	}

	// The new segment starts with the first repetition; what was an onset was no
	// flapping.
	private void split() {
		this.flapping = usual();
		int first = 0;
		while (!this.recent.get(first).again) {
			first++;
		}
		List<Shot> moved = List.copyOf(this.recent.subList(first, this.recent.size()));
		List<Member> ended = this.segments.getLast();
		ended.subList(ended.size() - moved.size(), ended.size()).clear();
		begin();
		for (Shot shot : moved) {
			this.segments.getLast().add(shot.alert);
			this.lastFired.put(kind(shot.alert), shot.at);
		}
	}

	private static String kind(Member alert) {
		return alert.problems().stream().sorted().findFirst().orElse(alert.id());
	}

	private static double seconds(Member alert) {
		return alert.start().getEpochSecond() + alert.start().getNano() / 1e9;
	}

	private record Shot(Member alert, double at, boolean again) {
	}

}
