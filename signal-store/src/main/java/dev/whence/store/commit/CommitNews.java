package dev.whence.store.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.outbox.OutboxMessage;
import org.jspecify.annotations.Nullable;

/**
 * What one commit has to announce: the problems it stores and the minutes it touches. Of
 * the minutes only those that were not announced lately; which ones that are is decided
 * as late as possible, so that nothing but the commit itself lies between the decision
 * and the moment the signals can be seen.
 */
public final class CommitNews {

	/**
	 * Whoever counts a minute waits for longer than {@link TouchedMinutes#PAUSE} and
	 * this. A commit that takes longer, of a process that stood still, announces its
	 * minutes once more.
	 */
	static final Duration LONGEST_COMMIT = Duration.ofSeconds(10);

	private final ProblemAnnouncer announcer;

	private final TouchedMinutes minutes;

	private final Map<ProjectId, List<Problem>> problems = new HashMap<>();

	private final Set<TouchedMinutes.Touch> touched = new HashSet<>();

	private TouchedMinutes.@Nullable Touch latest;

	private List<TouchedMinutes.Touch> announced = List.of();

	private long decided;

	CommitNews(ProblemAnnouncer announcer, TouchedMinutes minutes) {
		this.announcer = announcer;
		this.minutes = minutes;
	}

	/** Says that the commit stores a problem. */
	public void problem(ProjectId project, Problem problem) {
		this.problems.computeIfAbsent(project, (_) -> new ArrayList<>()).add(problem);
	}

	/** Says that the commit stores something that happened at a time. */
	public void touched(ProjectId project, Instant time) {
		long minute = TouchedMinutes.numberOf(time);
		TouchedMinutes.Touch before = this.latest;
		// Signals come in the order of time, so most touch what the one before touched.
		if (before == null || before.minute() != minute || !before.project().equals(project)) {
			this.latest = new TouchedMinutes.Touch(project, minute);
			this.touched.add(this.latest);
		}
	}

	/** Decides what is announced; to be called right before the commit. */
	List<OutboxMessage> messages() {
		this.decided = System.nanoTime();
		this.announced = this.minutes.dueAmong(this.touched, this.decided);
		List<OutboxMessage> messages = new ArrayList<>(this.minutes.messages(this.announced));
		this.problems.forEach((project, found) -> messages.addAll(this.announcer.announce(project, found)));
		return messages;
	}

	/**
	 * Takes note that the commit succeeded.
	 * @return what has to be announced after all, because the commit came late; usually
	 * nothing
	 */
	List<OutboxMessage> committed() {
		this.minutes.announced(this.announced, this.decided);
		boolean late = System.nanoTime() - this.decided > LONGEST_COMMIT.toNanos();
		return late ? this.minutes.messages(this.touched) : List.of();
	}

}
