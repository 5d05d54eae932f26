package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.whence.model.Severity;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * How an incident is left alone: until a time, until it escalates, or until the first of
 * the two. It escalates when its severity rises, when a kind of problem joins that it did
 * not have, or when its signals come so many times faster than before.
 *
 * @param since when it began
 * @param until when it ends at the latest; null for no such time
 * @param factor by how much the rate has to grow; null when escalation does not matter
 * @param severity what it was when it began
 * @param kinds how many kinds of problem it had
 * @param rate its signals per minute before, at least {@link #LEAST_RATE}
 * @param signals how many signals it had at the latest measurement
 * @param measuredAt when that was
 */
@Embeddable
record Snooze(@Column(name = "snoozed_at") Instant since, @Column(name = "snoozed_until") @Nullable Instant until,
		@Column(name = "snooze_factor") @Nullable Double factor,
		@Enumerated(EnumType.STRING) @JdbcTypeCode(SqlTypes.VARCHAR) @Column(
				name = "snooze_severity") Severity severity,
		@Column(name = "snooze_kinds") Integer kinds, @Column(name = "snooze_rate") Double rate,
		@Column(name = "snooze_signals") Long signals, @Column(name = "snooze_measured_at") Instant measuredAt) {

	/** Rates are compared over at least a minute: shorter ones are chance. */
	static final Duration SPAN = Duration.ofMinutes(1);

	/** Three signals instead of one in an hour is no escalation. */
	static final double LEAST_RATE = 1;

	/**
	 * Begins now.
	 * @param before how long the trouble had been going on
	 */
	static Snooze begin(Terms terms, Instant now, Severity severity, int kinds, long signals, Duration before) {
		return new Snooze(now, terms.until(), terms.factor(), severity, kinds,
				Math.max(LEAST_RATE, perMinute(signals, before)), signals, now);
	}

	/** Whether it ends under the same conditions. */
	boolean has(Terms terms) {
		return terms.equals(new Terms(this.until, this.factor));
	}

	/** Why it ends now; empty while it goes on. */
	Optional<String> endsBecause(Instant now, Severity severity, int kinds, long signals) {
		if (this.until != null && !now.isBefore(this.until)) {
			return Optional.of("the time is up");
		}
		if (this.factor == null) {
			return Optional.empty();
		}
		if (severity.compareTo(this.severity) > 0) {
			return Optional.of("the severity rose from " + this.severity.wireName() + " to " + severity.wireName());
		}
		if (kinds > this.kinds) {
			return Optional.of("a new kind of problem joined");
		}
		if (isMeasurable(now)) {
			double current = perMinute(signals - this.signals, Duration.between(this.measuredAt, now));
			if (current >= this.factor * this.rate) {
				return Optional.of("%.0f signals a minute instead of %.0f".formatted(current, Math.ceil(this.rate)));
			}
		}
		return Optional.empty();
	}

	/** Whether enough time has passed for another measurement of the rate. */
	boolean isMeasurable(Instant now) {
		return !now.isBefore(this.measuredAt.plus(SPAN));
	}

	/** The same, measured anew: the rate of the last minutes counts, not the mean. */
	Snooze measured(Instant now, long signals) {
		return new Snooze(this.since, this.until, this.factor, this.severity, this.kinds, this.rate, signals, now);
	}

	private static double perMinute(long signals, Duration time) {
		Duration span = (time.compareTo(SPAN) > 0) ? time : SPAN;
		return signals * 60_000.0 / span.toMillis();
	}

	/**
	 * Under which conditions a snooze ends; at least one is given.
	 *
	 * @param factor see {@link Snooze}
	 */
	record Terms(@Nullable Instant until, @Nullable Double factor) {

		/** What counts as much more, where nobody says. */
		static final double DEFAULT_FACTOR = 3;

		Terms {
			if (until == null && factor == null) {
				throw new IllegalArgumentException("a snooze ends at a time or when the incident escalates");
			}
		}

	}

}
