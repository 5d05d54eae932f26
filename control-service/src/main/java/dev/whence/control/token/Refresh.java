package dev.whence.control.token;

/** What becomes of a refresh token that somebody uses. */
sealed interface Refresh permits Renewed, Refresh.Refused, Refresh.NoMember {

	/** It is unknown, expired, used already, or its session has ended. */
	record Refused() implements Refresh {
	}

	/** The account is no member of the project it asks for; the token stays good. */
	record NoMember() implements Refresh {
	}

}
