package dev.whence.query.page;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

import dev.whence.store.rollup.MinuteRange;
import dev.whence.store.rollup.RollupProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads the range of a question about what was counted: the last hour unless it says
 * otherwise, in whole minutes, and no further back than counts are kept.
 */
@Component
public class RangeParameters {

	/** What every such question says of its range. */
	public static final String RANGE = "Of the last hour unless from and to say otherwise; the answer says which whole "
			+ "minutes it is about. Times may be ISO 8601 or seconds or milliseconds since 1970.";

	private static final Duration USUAL = Duration.ofHours(1);

	/** For whoever asks for as long as is kept, and reckons with another clock. */
	private static final Duration SLACK = Duration.ofDays(1);

	private final Duration kept;

	private final InstantSource clock;

	RangeParameters(RollupProperties rollups, InstantSource clock) {
		this.kept = rollups.kept();
		this.clock = clock;
	}

	/** The range as one step. */
	public MinuteRange read(@Nullable String from, @Nullable String to) {
		return read(from, to, Integer.MAX_VALUE);
	}

	/**
	 * @param steps how many there may be
	 * @throws dev.whence.model.ProblemException when it ends before it begins, or is
	 * longer than counts are kept
	 */
	public MinuteRange read(@Nullable String from, @Nullable String to, int steps) {
		Instant now = this.clock.instant();
		Instant end = Objects.requireNonNullElse(QueryParameter.time("to", to), now);
		Instant begin = Objects.requireNonNullElseGet(QueryParameter.time("from", from), () -> end.minus(USUAL));
		if (!begin.isBefore(end)) {
			throw QueryParameter.invalid("from", "is before 'to'");
		}
		if (Duration.between(begin, end).compareTo(this.kept.plus(SLACK)) > 0) {
			throw QueryParameter.invalid("from", "is at most " + this.kept.toDays() + " days before 'to'");
		}
		Instant oldest = now.minus(this.kept);
		boolean longer = begin.isBefore(oldest) && oldest.isBefore(end);
		return MinuteRange.covering(longer ? oldest : begin, end, steps);
	}

}
