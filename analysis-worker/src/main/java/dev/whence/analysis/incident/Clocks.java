package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;

/**
 * Which times are believed. A clock that says 1970 or next year is wrong; what it stamps
 * happened about when it was received.
 *
 * @param past how much older than its receipt a record may be
 * @param ahead how much newer
 */
record Clocks(Duration past, Duration ahead) {

	/** When it happened, as far as one can tell. */
	Instant place(Instant said, Instant received) {
		return isBelieved(said, received) ? said : received;
	}

	boolean isBelieved(Instant said, Instant received) {
		return !said.isBefore(received.minus(this.past)) && !said.isAfter(received.plus(this.ahead));
	}

}
