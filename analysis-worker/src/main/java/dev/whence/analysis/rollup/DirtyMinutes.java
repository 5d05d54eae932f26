package dev.whence.analysis.rollup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.QuietSubject;
import dev.whence.model.ProjectId;

import org.springframework.stereotype.Component;

/** Writes down which minutes have to be counted. */
@Component
public class DirtyMinutes {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/**
	 * A minute that goes on receiving signals, spans that end late for one, is counted
	 * after so long; later ever more rarely, when the time since the minute has doubled.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration MOST_PATIENCE = Duration.ofHours(1);

	/** Older minutes are history that is delivered late. */
	private static final Duration RECENT = Duration.ofMinutes(10);

	private final JobQueue queue;

	private final RollupProperties properties;

	private final InstantSource clock;

	DirtyMinutes(JobQueue queue, RollupProperties properties, InstantSource clock) {
		this.queue = queue;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Has the minutes counted, and the ones after them, in which calls may have begun
	 * whose parents are in these.
	 */
	public void touched(ProjectId project, Collection<Instant> minutes) {
		SortedSet<Instant> dirty = new TreeSet<>(minutes);
		minutes.forEach((minute) -> dirty.add(minute.plus(MINUTE)));
		Instant now = this.clock.instant();
		this.queue.wantWhenQuiet(project, JobKind.ROLLUP, dirty.stream().map((minute) -> subject(minute, now)).toList(),
				this.properties.settle());
	}

	private QuietSubject subject(Instant minute, Instant now) {
		Instant end = minute.plus(MINUTE);
		Duration age = Duration.between(end, now);
		return new QuietSubject(minute.toString(), end.plus(this.properties.settle()), patience(age),
				age.compareTo(RECENT) < 0);
	}

	private static Duration patience(Duration age) {
		if (age.compareTo(PATIENCE) < 0) {
			return PATIENCE;
		}
		return (age.compareTo(MOST_PATIENCE) < 0) ? age : MOST_PATIENCE;
	}

}
