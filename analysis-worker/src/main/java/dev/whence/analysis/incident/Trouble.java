package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.grouping.Member;
import dev.whence.model.ProblemSubject;
import dev.whence.model.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Something that was grouped, or would have been under other rules: the trouble of one
 * subject without a silence in it, or one firing of an observation.
 *
 * @param id unique among what is compared
 * @param home the incident it is part of, null when of none
 * @param pinned whether a person put it there
 * @param alert whether it is a firing
 * @param repeats whether firing again means something
 * @param rows what it consists of, never empty
 */
public record Trouble(String id, ProblemSubject subject, @Nullable UUID home, boolean pinned, boolean alert,
		boolean repeats, List<MemberRow> rows) {

	public Trouble {
		if (rows.isEmpty()) {
			throw new IllegalArgumentException(id + " consists of nothing");
		}
		rows = List.copyOf(rows);
	}

	/** What is left of it when only trouble of this severity counts. */
	public Optional<Trouble> from(Severity least) {
		List<MemberRow> grave = this.rows.stream().filter((row) -> row.severity().isAtLeast(least)).toList();
		return grave.isEmpty() ? Optional.empty() : Optional
			.of(new Trouble(this.id, this.subject, this.home, this.pinned, this.alert, this.repeats, grave));
	}

	/**
	 * As the grouping sees it.
	 * @param held whether it stays in its incident whatever grouping would say
	 */
	public Member member(boolean held) {
		Instant start = this.rows.stream().map(MemberRow::firstSeen).min(Comparator.naturalOrder()).orElseThrow();
		// A firing counts from its onset.
		Instant end = this.alert ? start
				: this.rows.stream().map(MemberRow::lastSeen).max(Comparator.naturalOrder()).orElseThrow();
		Set<String> services = origins().stream()
			.map(MemberRow::service)
			.filter((service) -> !service.isEmpty())
			.collect(Collectors.toSet());
		Set<String> problems = origins().stream().map(MemberRow::fingerprint).collect(Collectors.toSet());
		String pin = (this.home != null && (held || this.pinned)) ? this.home.toString() : null;
		return new Member(this.id, start, end, services, problems, this.alert, this.repeats, pin);
	}

	/** Where it began; when nobody can tell, everywhere. */
	public List<MemberRow> origins() {
		List<MemberRow> origins = this.rows.stream().filter(MemberRow::origin).toList();
		return origins.isEmpty() ? this.rows : origins;
	}

}
