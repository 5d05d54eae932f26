package dev.whence.analysis.dryrun;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import dev.whence.analysis.incident.MemberRow;
import dev.whence.analysis.incident.PastIncident;
import dev.whence.analysis.incident.Trouble;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;

/**
 * An incident that would be.
 *
 * @param number counts from 1, in the order of their beginnings
 * @param members how many traces, problems without one and observations it has
 * @param was the incidents whose members it holds, oldest first
 * @param continues the one of them as which it would go on; null when it would be another
 */
record Formed(int number, String title, Severity severity, List<String> services, Instant firstSeen, Instant lastSeen,
		int members, List<UUID> was, @Nullable UUID continues) {

	Formed {
		services = List.copyOf(services);
		was = List.copyOf(was);
	}

	static Formed of(int number, List<Trouble> part, List<UUID> was, @Nullable PastIncident continues) {
		List<MemberRow> rows = part.stream().flatMap((trouble) -> trouble.rows().stream()).toList();
		return new Formed(number, (continues != null) ? continues.title() : title(part),
				rows.stream().map(MemberRow::severity).max(Comparator.naturalOrder()).orElseThrow(),
				rows.stream()
					.map(MemberRow::service)
					.filter((service) -> !service.isEmpty())
					.distinct()
					.sorted()
					.toList(),
				rows.stream().map(MemberRow::firstSeen).min(Comparator.naturalOrder()).orElseThrow(),
				rows.stream().map(MemberRow::lastSeen).max(Comparator.naturalOrder()).orElseThrow(),
				(int) part.stream().map(Trouble::subject).distinct().count(), was,
				(continues != null) ? continues.id() : null);
	}

	/** Its gravest trouble, among what began it. */
	private static String title(List<Trouble> part) {
		MemberRow gravest = part.stream()
			.flatMap((trouble) -> trouble.origins().stream())
			.max(Comparator.comparing(MemberRow::severity)
				.thenComparing(MemberRow::firstSeen, Comparator.reverseOrder())
				.thenComparing(MemberRow::fingerprint))
			.orElseThrow();
		return gravest.service().isEmpty() ? gravest.title() : gravest.service() + ": " + gravest.title();
	}

}
