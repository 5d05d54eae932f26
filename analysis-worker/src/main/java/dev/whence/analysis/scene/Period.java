package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A piece of time; the start belongs to it, the end does not. */
record Period(Instant from, Instant to) {

	Duration length() {
		return Duration.between(this.from, this.to);
	}

	boolean overlaps(Period other) {
		return this.from.isBefore(other.to) && other.from.isBefore(this.to);
	}

	/** The times that these cover, oldest first, each once however many cover it. */
	static List<Period> covered(Collection<Period> periods) {
		List<Period> covered = new ArrayList<>();
		for (Period period : periods.stream().sorted(Comparator.comparing(Period::from)).toList()) {
			Period last = covered.isEmpty() ? null : covered.getLast();
			if (last == null || period.from.isAfter(last.to)) {
				covered.add(period);
			}
			else if (period.to.isAfter(last.to)) {
				covered.set(covered.size() - 1, new Period(last.from, period.to));
			}
		}
		return covered;
	}

	/** What is left of it without the others, oldest first. */
	List<Period> without(Collection<Period> others) {
		List<Period> left = List.of(this);
		for (Period other : others) {
			List<Period> pieces = new ArrayList<>();
			for (Period piece : left) {
				if (!piece.overlaps(other)) {
					pieces.add(piece);
					continue;
				}
				if (piece.from.isBefore(other.from)) {
					pieces.add(new Period(piece.from, other.from));
				}
				if (other.to.isBefore(piece.to)) {
					pieces.add(new Period(other.to, piece.to));
				}
			}
			left = pieces;
		}
		return left;
	}

}
