package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.problem.Sighting;
import dev.whence.model.Problem;
import dev.whence.model.Severity;

/**
 * One kind of trouble that a subject contributes to an incident.
 *
 * @param origin whether the trouble began here, as far as one can tell
 * @param signals how often it showed
 */
record MemberRow(String fingerprint, String service, String title, Severity severity, boolean origin, long signals,
		Instant firstSeen, Instant lastSeen) {

	/**
	 * @param problems oldest first
	 * @param origins the services in which the trouble began
	 */
	static List<MemberRow> of(List<Problem> problems, Set<String> origins) {
		return problems.stream()
			.collect(Collectors.groupingBy(Problem::fingerprint))
			.values()
			.stream()
			.map((same) -> of(same, origins.contains(same.getFirst().serviceName())))
			.toList();
	}

	/** A firing, which goes on until its end is known. */
	static MemberRow of(Observation firing) {
		Instant end = firing.endsAt();
		return new MemberRow(firing.fingerprint(), firing.service(), firing.title(), firing.severity(), true, 1,
				firing.startsAt(), (end != null) ? end : firing.startsAt());
	}

	/** The same without what is this subject's own. */
	Sighting sighting() {
		return new Sighting(this.fingerprint, this.service, this.title, this.severity, this.firstSeen, this.lastSeen);
	}

	private static MemberRow of(List<Problem> same, boolean origin) {
		Problem gravest = same.stream().max(Comparator.comparing(Problem::severity)).orElseThrow();
		return new MemberRow(gravest.fingerprint(), gravest.serviceName(), gravest.title(), gravest.severity(), origin,
				same.size(), same.getFirst().timestamp(), same.getLast().timestamp());
	}

}
