package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;

import dev.whence.model.ProjectId;
import dev.whence.store.rollup.MinuteListener;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.RollupReader;

import org.springframework.stereotype.Component;

/**
 * Counts what services do in a minute now and then, so that the first incident need not.
 */
@Component
class NormalLearning implements MinuteListener {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/** One minute in five costs little, and an incident is compared with two dozen. */
	private static final Duration EVERY = Duration.ofMinutes(5);

	private static final Duration REACH = Duration.ofDays(8);

	private final ConductArchive conduct;

	private final RollupReader rollups;

	NormalLearning(ConductArchive conduct, RollupReader rollups) {
		this.conduct = conduct;
		this.rollups = rollups;
	}

	@Override
	public void settled(ProjectId project, Instant minute) {
		Instant end = minute.plus(MINUTE);
		boolean spans = this.rollups.minutes(project, Minutes.between(minute, end), 1)
			.stream()
			.anyMatch((totals) -> totals.spans() > 0);
		// A minute that was counted before is counted again: more of its signals came.
		if (spans && (this.conduct.holdsAny(project, minute, end)
				|| !this.conduct.holdsAny(project, minute.minus(EVERY).plus(MINUTE), minute))) {
			this.conduct.count(project, new Period(minute, end));
			this.conduct.forgetBefore(project, minute.minus(REACH));
		}
	}

}
