package dev.whence.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

import dev.whence.model.Signal;

/**
 * Where a signal stands in the order of time. Signals of the same time stand in the order
 * of their ids, byte by byte, as PostgreSQL compares them.
 */
public record Position(Instant time, UUID id) implements Comparable<Position> {

	// UUID's own order takes the halves for signed numbers.
	private static final Comparator<Position> ORDER = Comparator.comparing(Position::time)
		.thenComparing((position) -> position.id().getMostSignificantBits(), Long::compareUnsigned)
		.thenComparing((position) -> position.id().getLeastSignificantBits(), Long::compareUnsigned);

	public static Position of(Signal signal) {
		return new Position(signal.timestamp(), signal.signalId());
	}

	@Override
	public int compareTo(Position other) {
		return ORDER.compare(this, other);
	}

}
