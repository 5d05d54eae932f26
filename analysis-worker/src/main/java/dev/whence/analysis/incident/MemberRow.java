package dev.whence.analysis.incident;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.analysis.problem.Sighting;
import dev.whence.model.Problem;
import dev.whence.model.Severity;

/**
 * One kind of trouble that a subject contributes to an incident.
 *
 * @param origin whether the trouble began here, as far as one can tell
 * @param signals how often it showed
 */
public record MemberRow(String fingerprint, String service, String title, Severity severity, boolean origin,
		long signals, Instant firstSeen, Instant lastSeen) {

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

	/** The same trouble, in two stretches of time. */
	MemberRow plus(MemberRow other) {
		return new MemberRow(this.fingerprint, this.service, this.title, this.severity.escalate(other.severity),
				this.origin || other.origin, this.signals + other.signals,
				this.firstSeen.isBefore(other.firstSeen) ? this.firstSeen : other.firstSeen,
				this.lastSeen.isAfter(other.lastSeen) ? this.lastSeen : other.lastSeen);
	}

	/** What several stretches of one subject add up to. */
	static List<MemberRow> sum(Stream<MemberRow> rows) {
		return List.copyOf(rows
			.collect(Collectors.toMap(MemberRow::fingerprint, Function.identity(), MemberRow::plus, TreeMap::new))
			.values());
	}

	/** The same without what is this subject's own. */
	Sighting sighting() {
		return new Sighting(this.fingerprint, this.service, this.title, this.severity, this.firstSeen, this.lastSeen);
	}

	private static MemberRow of(List<Problem> same, boolean origin) {
		Problem gravest = same.stream().max(Comparator.comparing(Problem::severity)).orElseThrow();
		return new MemberRow(gravest.fingerprint(), gravest.serviceName(), gravest.title(), gravest.severity(), origin,
				same.size(), micros(same.getFirst().timestamp()), micros(same.getLast().timestamp()));
	}

	// As PostgreSQL keeps them, so that what is read back is equal.
	private static Instant micros(Instant time) {
		return time.truncatedTo(ChronoUnit.MICROS);
	}

	/** What an incident is called after a trouble: who has it, once, and what it is. */
	static String headline(String service, String title) {
		boolean named = (title + " ").startsWith(service + " ") || title.startsWith(service + ":");
		return (service.isEmpty() || named) ? title : service + ": " + title;
	}

}
