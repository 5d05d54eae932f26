package dev.whence.analysis.detection;

import java.time.Instant;
import java.time.InstantSource;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.model.ProjectId;
import dev.whence.store.rollup.MinuteListener;

import org.springframework.stereotype.Component;

/** Has every minute looked at that was counted, in the transaction that counted it. */
@Component
class SettledMinutes implements MinuteListener {

	/**
	 * There is one job per project, so that minutes are looked at one after the other.
	 */
	static final String SUBJECT = "minutes";

	private final Standings standings;

	private final JobQueue queue;

	private final DetectionProperties properties;

	private final InstantSource clock;

	SettledMinutes(Standings standings, JobQueue queue, DetectionProperties properties, InstantSource clock) {
		this.standings = standings;
		this.queue = queue;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public void settled(ProjectId project, Instant minute) {
		Instant now = this.clock.instant();
		boolean worth = !minute.isAfter(now) && minute.isAfter(now.minus(this.properties.oldest()));
		if (this.properties.enabled() && worth && this.standings.note(project, minute)) {
			this.queue.wantAnother(project, JobKind.DETECT, SUBJECT);
		}
	}

}
