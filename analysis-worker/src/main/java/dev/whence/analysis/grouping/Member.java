package dev.whence.analysis.grouping;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened, from its beginning to its end.
 *
 * @param id unique among what is grouped together
 * @param services where the trouble began, as far as one can tell; symptoms are left out,
 * because different faults share them. Empty when it names none
 * @param problems what it is, comparable with others: fingerprints
 * @param alert whether it is one firing of something, which counts from its onset; the
 * others are signals, and repeat by nature
 * @param repeats whether firing again means something: an alert on a log line does not
 * @param pin what a person has put together has the same pin, and what was put apart
 * another one; null when nobody said anything
 */
public record Member(String id, Instant start, Instant end, Set<String> services, Set<String> problems, boolean alert,
		boolean repeats, @Nullable String pin) {

	/** By time, and where times are equal by id. */
	static final Comparator<Member> IN_TIME = Comparator.comparing(Member::start).thenComparing(Member::id);

	public Member {
		if (end.isBefore(start)) {
			throw new IllegalArgumentException(id + " ends before it starts");
		}
		services = Set.copyOf(services);
		problems = Set.copyOf(problems);
	}

	/** The silence between the two; zero when they overlap. */
	Duration silence(Member other) {
		Duration silence = this.start.isAfter(other.start) ? Duration.between(other.end, this.start)
				: Duration.between(this.end, other.start);
		return silence.isNegative() ? Duration.ZERO : silence;
	}

}
