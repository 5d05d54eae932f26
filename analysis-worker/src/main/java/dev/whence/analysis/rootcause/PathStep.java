package dev.whence.analysis.rootcause;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the trouble came one step closer to where it was noticed.
 *
 * @param from who had it
 * @param to who got it; the same as {@code from} where the cause itself is where it was
 * noticed
 * @param firstSeen when {@code to} first showed it
 */
public record PathStep(String from, String to, Kind kind, String statement,
		@JsonProperty("first_seen") Instant firstSeen, List<UUID> signals) {

	/** Why the trouble could take this step. */
	public enum Kind {

		/** {@code to} calls {@code from}, and did so in a trace of the window. */
		TRACE,

		/** {@code to} calls {@code from}, as is known from other traces or told. */
		CALL,

		/** {@code to} runs on, or is, {@code from}. */
		PLACE,

		/** The cause is where the trouble was noticed. */
		ENTRY

	}

}
