package dev.whence.store.commit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.model.ProjectId;
import dev.whence.store.MinuteAnnouncer;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.RollupProperties;

/**
 * Which minutes this process has announced lately. One that was is not announced again
 * for a while, so that a stream of signals costs an event every few seconds and not one
 * for each commit. Whoever counts a minute waits until it has been quiet for longer than
 * that pause and a commit together take; see {@link CommitNews}.
 */
public final class TouchedMinutes {

	/** How long a minute that was announced is not announced again. */
	static final Duration PAUSE = Duration.ofSeconds(5);

	/** Minutes that are remembered. One that is forgotten is announced once too often. */
	private static final int MOST = 10_000;

	private static final int SECONDS = 60;

	private final MinuteAnnouncer announcer;

	private final RollupProperties properties;

	private final InstantSource clock;

	/** When the decision to announce fell, in nanoseconds of the process. */
	private final Map<Touch, Long> announced = new LinkedHashMap<>();

	public TouchedMinutes(MinuteAnnouncer announcer, RollupProperties properties, InstantSource clock) {
		this.announcer = announcer;
		this.properties = properties;
		this.clock = clock;
	}

	/** The number of the minute since 1970. */
	static long numberOf(Instant time) {
		return Math.floorDiv(time.getEpochSecond(), SECONDS);
	}

	/** Those of the minutes that are not announced yet, or not lately. */
	synchronized List<Touch> dueAmong(Collection<Touch> touched, long now) {
		List<Touch> due = new ArrayList<>();
		for (Touch touch : touched) {
			Long before = this.announced.get(touch);
			if (before == null || now - before >= PAUSE.toNanos()) {
				due.add(touch);
			}
		}
		return due;
	}

	/** Remembers what was announced, once that is committed. */
	synchronized void announced(Collection<Touch> touched, long decided) {
		for (Touch touch : touched) {
			// Put last, so that the first ones are those announced longest ago.
			this.announced.remove(touch);
			this.announced.put(touch, decided);
		}
		var oldest = this.announced.keySet().iterator();
		for (int excess = this.announced.size() - MOST; excess > 0; excess--) {
			oldest.next();
			oldest.remove();
		}
	}

	/**
	 * The events that announce the minutes. A clock that lies is not followed: what is
	 * older than rollups are kept for, or lies in the future, is not counted.
	 */
	List<OutboxMessage> messages(Collection<Touch> touched) {
		long oldest = numberOf(this.clock.instant().minus(this.properties.kept()));
		long newest = numberOf(this.clock.instant().plus(this.properties.ahead()));
		Map<ProjectId, List<Instant>> byProject = new LinkedHashMap<>();
		for (Touch touch : touched) {
			if (touch.minute() >= oldest && touch.minute() <= newest) {
				byProject.computeIfAbsent(touch.project(), (_) -> new ArrayList<>())
					.add(Instant.ofEpochSecond(touch.minute() * SECONDS));
			}
		}
		List<OutboxMessage> messages = new ArrayList<>();
		byProject.forEach((project, minutes) -> messages.addAll(this.announcer.announce(project, minutes)));
		return messages;
	}

	/**
	 * A minute of a project.
	 *
	 * @param minute its number since 1970
	 */
	record Touch(ProjectId project, long minute) {
	}

}
