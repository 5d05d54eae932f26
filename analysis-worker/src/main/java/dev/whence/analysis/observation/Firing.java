package dev.whence.analysis.observation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One firing of an alert, as an alert manager reports it again and again.
 *
 * @param id null while it is not stored
 * @param generatorUrl where its sender shows it; empty when it does not say
 * @param expiresAt it ends then unless it is reported again; null when its end was
 * reported. An end that equals it was assumed, and a later report takes it back
 * @param updatedAt when it changed last; ignored when it is stored
 * @param incident what it belongs to, once that is known
 */
public record Firing(@Nullable Long id, Observation observation, String generatorUrl, @Nullable Instant expiresAt,
		Instant updatedAt, @Nullable UUID incident) {

	/**
	 * Takes a report into the firing it is about, which is the one whose time overlaps.
	 * The two may start apart: replicas of one Prometheus see the same thing seconds
	 * apart. A report that comes again, late or out of order changes nothing for the
	 * worse: times only widen, and a reported end is not taken back.
	 * @return empty when the report is about another firing
	 */
	public Optional<Firing> merge(Firing report, boolean startIsGuessed) {
		Observation known = this.observation;
		Observation said = report.observation;
		boolean same = known.startsAt().equals(said.startsAt()) || (startIsGuessed && known.endsAt() == null)
				|| (said.startsAt().isBefore(end()) && report.end().isAfter(known.startsAt()));
		if (!same) {
			return Optional.empty();
		}
		Instant start = (!startIsGuessed && said.startsAt().isBefore(known.startsAt())) ? said.startsAt()
				: known.startsAt();
		Instant end = mergedEnd(report);
		Instant expires = (end != null) ? null : later(this.expiresAt, report.expiresAt);
		return Optional.of(new Firing(this.id,
				new Observation(known.project(), known.source(), known.fingerprint(), said.name(), said.service(),
						said.operation(), said.severity(), said.title(), said.labels(), said.annotations(), start, end),
				report.generatorUrl, expires, this.updatedAt, this.incident));
	}

	/** Whether it says more than that the firing goes on. */
	public boolean tellsMoreThan(Firing other) {
		return !this.observation.equals(other.observation) || !this.generatorUrl.equals(other.generatorUrl);
	}

	private boolean isOpen() {
		return this.observation.endsAt() == null || this.expiresAt != null;
	}

	private @Nullable Instant mergedEnd(Firing report) {
		Instant reported = report.observation.endsAt();
		if (isOpen()) {
			return reported;
		}
		return later(this.observation.endsAt(), reported);
	}

	private Instant end() {
		Instant end = (this.observation.endsAt() != null) ? this.observation.endsAt() : this.expiresAt;
		return (end != null) ? end : Instant.MAX;
	}

	private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return one.isAfter(other) ? one : other;
	}

}
