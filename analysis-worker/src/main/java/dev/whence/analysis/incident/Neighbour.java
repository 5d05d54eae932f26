package dev.whence.analysis.incident;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import dev.whence.analysis.grouping.Member;
import dev.whence.model.ProblemSubject;
import org.jspecify.annotations.Nullable;

/**
 * What is grouped: something that may move from one incident to another.
 *
 * @see Member
 */
sealed interface Neighbour {

	/** As the grouping sees it. */
	Member member();

	/** The incident it is part of, null when of none. */
	@Nullable UUID home();

	/** When it began, or earlier when its sender says so. */
	Instant since();

	/** How many subjects it stands for. */
	long weight();

	/**
	 * The subjects of an incident whose trouble began in the same services. They have
	 * everything in common that grouping asks about, so they stay together.
	 */
	record Block(Member member, UUID home, String[] services, boolean pinned, long weight) implements Neighbour {

		@Override
		public Instant since() {
			return this.member.start();
		}

	}

	/**
	 * One firing of an observation.
	 *
	 * @param since when it began, or earlier when its sender says so
	 * @param changed whether it is not grouped as it is now
	 */
	record Fired(Member member, @Nullable UUID home, long id, ProblemSubject subject, String title, Instant since,
			boolean changed) implements Neighbour {

		@Override
		public long weight() {
			return 1;
		}

	}

	/** One stretch of trouble of the subject that is being grouped. */
	record Fresh(Member member, @Nullable UUID home, Stretch stretch) implements Neighbour {

		@Override
		public Instant since() {
			return this.stretch.since();
		}

		@Override
		public long weight() {
			return 1;
		}

	}

	/** The services where its trouble began. */
	default Set<String> origins() {
		return member().services();
	}

}
