package dev.whence.query.search;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.whence.model.LogLevel;
import dev.whence.model.ProjectId;
import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;
import dev.whence.query.service.Freshness;
import dev.whence.store.rollup.MinuteRange;
import dev.whence.store.rollup.RollupProperties;
import dev.whence.store.rollup.ServiceRollups;
import dev.whence.store.rollup.StepLogs;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Counts what can be counted without looking at signals: everything, or everything of a
 * service, a level or a status, in minutes that are counted already.
 */
@Component
class CountedMinutes {

	private static final int DAY = 24 * 60;

	private final ServiceRollups rollups;

	private final Freshness freshness;

	private final Duration kept;

	private final InstantSource clock = InstantSource.system();

	CountedMinutes(ServiceRollups rollups, Freshness freshness, RollupProperties properties) {
		this.rollups = rollups;
		this.freshness = freshness;
		this.kept = properties.kept();
	}

	/**
	 * Counts as much of a request's range as it can.
	 * @return the range that was counted, empty for nothing; the rest is to be looked at
	 */
	Optional<Counted> count(ProjectId project, SearchRequest request, Histogram.Counter counter) {
		Wanted wanted = Wanted.of(request);
		long step = counter.step().toMinutes();
		if (wanted == null || step == 0) {
			return Optional.empty();
		}
		// The oldest counts may be ending just now.
		Instant oldest = this.clock.instant().minus(this.kept).plus(Duration.ofHours(1));
		Instant begin = ceil(request.from().isBefore(oldest) ? oldest : request.from(), 1);
		Instant end = floor(earlier(this.freshness.watermark(project, begin), request.to().plusNanos(1)));
		if (!begin.isBefore(end)) {
			return Optional.empty();
		}
		int whole = (int) Math.min(step, DAY);
		Instant middle = earlier(ceil(begin, whole), end);
		List<MinuteRange> ranges = new ArrayList<>();
		if (begin.isBefore(middle)) {
			ranges.add(new MinuteRange(begin, middle, 1));
		}
		if (middle.isBefore(end)) {
			ranges.add(new MinuteRange(middle, end, whole));
		}
		List<Count> counts = new ArrayList<>();
		for (MinuteRange range : ranges) {
			if (!wanted.count(this.rollups, project, range, counts)) {
				return Optional.empty();
			}
		}
		counts.forEach((count) -> counter.count(count.time(), count.state(), count.count()));
		return Optional.of(new Counted(begin, end));
	}

	private static Instant floor(Instant time) {
		return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), 60L) * 60);
	}

	/** The first multiple of some minutes that is not before a time. */
	private static Instant ceil(Instant time, int minutes) {
		long length = minutes * 60L;
		Instant floor = Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), length) * length);
		return floor.equals(time) ? floor : floor.plus(Duration.ofSeconds(length));
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	/**
	 * What was counted.
	 *
	 * @param from inclusive, a whole minute
	 * @param to exclusive, a whole minute
	 */
	record Counted(Instant from, Instant to) {
	}

	private record Count(Instant time, String state, long count) {
	}

	/**
	 * What of the counts is wanted.
	 *
	 * @param service null for all
	 * @param level null for all
	 * @param errors whether only failed spans count
	 */
	private record Wanted(boolean logs, @Nullable String service, Expression.@Nullable LevelIs level, boolean errors) {

		/** Null where counts do not tell. */
		static @Nullable Wanted of(SearchRequest request) {
			boolean logs = request.kind() == SearchRequest.Kind.LOGS;
			if (!logs && request.kind() != SearchRequest.Kind.SPANS) {
				return null;
			}
			String service = null;
			Expression.LevelIs level = null;
			boolean errors = false;
			List<Expression> parts = (request.expression() instanceof Expression.AllOf all) ? all.parts()
					: List.of(request.expression());
			for (Expression part : parts) {
				if (isExact(part, Field.Own.SERVICE) && service == null) {
					service = ((Expression.TextIs) part).value();
				}
				else if (part instanceof Expression.LevelIs is && logs && level == null) {
					level = is;
				}
				else if (isExact(part, Field.Own.STATUS) && !logs
						&& ((Expression.TextIs) part).value().equalsIgnoreCase("error")) {
					errors = true;
				}
				else if (!(part instanceof Expression.Everything)) {
					return null;
				}
			}
			return new Wanted(logs, service, level, errors);
		}

		private static boolean isExact(Expression part, Field.Own field) {
			return part instanceof Expression.TextIs is && is.field() == field && !is.prefix();
		}

		/** Whether everything could be told. */
		boolean count(ServiceRollups rollups, ProjectId project, MinuteRange range, List<Count> counts) {
			if (!this.logs) {
				rollups.spans(project, range, this.service).forEach((step) -> {
					Instant time = range.startOf(step.step());
					counts.add(new Count(time, "error", step.errors()));
					counts.add(new Count(time, "ok", this.errors ? 0 : step.spans() - step.errors()));
				});
				return true;
			}
			for (StepLogs step : rollups.logs(project, range, this.service)) {
				LogLevel level = LogLevel.ofText(step.severity());
				if (level == null && !step.severity().isEmpty()) {
					// A number may say what its text does not.
					return false;
				}
				if (this.level == null
						|| (level != null && this.level.operator().holds(level.compareTo(this.level.value())))) {
					counts.add(new Count(range.startOf(step.step()),
							(level != null) ? level.name().toLowerCase(Locale.ROOT) : "", step.count()));
				}
			}
			return true;
		}

	}

}
