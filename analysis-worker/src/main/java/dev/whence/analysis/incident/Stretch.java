package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.model.ProblemSubject;

/**
 * The trouble of one subject between two silences.
 *
 * @param signals all signals of a trace, or the problems without one
 * @param since when it began, or earlier when its senders say so; compared with the end
 * of older trouble
 * @param until the same for its end
 */
record Stretch(ProblemSubject subject, List<MemberRow> rows, long signals, Instant since, Instant until) {

	Instant start() {
		return this.rows.stream().map(MemberRow::firstSeen).min(Comparator.naturalOrder()).orElseThrow();
	}

	Instant end() {
		return this.rows.stream().map(MemberRow::lastSeen).max(Comparator.naturalOrder()).orElseThrow();
	}

	/** Where it began; when nobody can tell, everywhere. */
	List<MemberRow> origins() {
		List<MemberRow> origins = this.rows.stream().filter(MemberRow::origin).toList();
		return origins.isEmpty() ? this.rows : origins;
	}

	Set<String> services() {
		return origins().stream()
			.map(MemberRow::service)
			.filter((service) -> !service.isEmpty())
			.collect(Collectors.toSet());
	}

	Set<String> problems() {
		return origins().stream().map(MemberRow::fingerprint).collect(Collectors.toSet());
	}

}
