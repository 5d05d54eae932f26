package dev.whence.ingest.rejected;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import dev.whence.model.ProjectId;

/** How many rows may still be written in this minute, per project and in all. */
final class RowBudget {

	private final int perProject;

	private final int perMinute;

	private final InstantSource clock;

	// Bounded: a project gets in only while the minute's total is not used up.
	private final Map<ProjectId, Integer> used = new HashMap<>();

	private int total;

	private long minute;

	RowBudget(int perProject, int perMinute, InstantSource clock) {
		this.perProject = perProject;
		this.perMinute = perMinute;
		this.clock = clock;
	}

	/** Takes up to that many rows; answers how many it got. */
	synchronized int take(ProjectId project, int wanted) {
		long now = Math.floorDiv(this.clock.millis(), Duration.ofMinutes(1).toMillis());
		if (now != this.minute) {
			this.minute = now;
			this.total = 0;
			this.used.clear();
		}
		int left = Math.min(this.perMinute - this.total, this.perProject - this.used.getOrDefault(project, 0));
		int granted = Math.clamp(wanted, 0, Math.max(0, left));
		if (granted > 0) {
			this.total += granted;
			this.used.merge(project, granted, Integer::sum);
		}
		return granted;
	}

}
