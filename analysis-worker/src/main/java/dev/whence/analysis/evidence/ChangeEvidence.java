package dev.whence.analysis.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.whence.analysis.statistics.Surprise;

/**
 * A service was changed shortly before the trouble began. That happens by chance, too, so
 * it adds a little to what else speaks against the service, and nothing where nothing
 * does.
 */
final class ChangeEvidence {

	/** Longer ago, a change is no longer recent. */
	static final Duration RECENT = Duration.ofMinutes(30);

	/** A deployment may be reported when it is done, after its first victims. */
	private static final Duration LATE_REPORT = Duration.ofMinutes(1);

	/** How often a service is changed, as a guess: once a day. */
	private static final double BETWEEN_CHANGES_SECONDS = 86_400;

	/** Less than what one kind of telemetry can show. */
	private static final double MOST = 2;

	/** What else speaks against the service must be worth at least that. */
	private static final double LEAST_OTHER_EVIDENCE = 1;

	private ChangeEvidence() {
	}

	/** To be asked last: only who is suspect anyway can gain. */
	static void find(Scene scene, Clues clues) {
		Map<String, Double> suspects = new HashMap<>();
		clues.evidence()
			.forEach((evidence) -> suspects.merge(scene.topology().serviceOf(evidence.suspect().service()),
					evidence.strength(), Math::max));
		Map<String, Change> latest = new TreeMap<>();
		for (Change change : scene.changes()) {
			if (isRecent(change, scene.from())
					&& suspects.getOrDefault(change.service(), 0.0) >= LEAST_OTHER_EVIDENCE) {
				latest.merge(change.service(), change, ChangeEvidence::later);
			}
		}
		latest.values().forEach((change) -> clues.accuse(evidence(change, scene.from())));
	}

	static boolean isRecent(Change change, Instant anomaly) {
		return !change.at().isBefore(anomaly.minus(RECENT)) && !change.at().isAfter(anomaly.plus(LATE_REPORT));
	}

	private static Change later(Change one, Change other) {
		return (Comparator.comparing(Change::at).thenComparing(Change::what).compare(one, other) < 0) ? other : one;
	}

	// How probable it is that a change fell so close to the anomaly by chance.
	private static Evidence evidence(Change change, Instant anomaly) {
		Duration before = Duration.between(change.at(), anomaly);
		double seconds = Math.max(0, before.toSeconds()) + LATE_REPORT.toSeconds();
		double strength = Math.min(MOST, Surprise.of(-Math.expm1(-seconds / BETWEEN_CHANGES_SECONDS)));
		String statement = change.what() + ", " + told(before) + " the first anomaly";
		return new Evidence(EvidenceClass.CHANGE, Suspect.service(change.service()), strength, statement, List.of(),
				null, change.link(), change.at(), null);
	}

	private static String told(Duration before) {
		if (!before.isPositive()) {
			return "just at";
		}
		return (before.toMinutes() > 0) ? before.toMinutes() + " min before" : before.toSeconds() + " s before";
	}

}
