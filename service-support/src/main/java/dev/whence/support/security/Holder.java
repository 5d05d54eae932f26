package dev.whence.support.security;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** To whom a credential was given. */
public sealed interface Holder {

	/**
	 * A person.
	 *
	 * @param session the sign-in that the token comes from; null for a token of another
	 * issuer
	 */
	record Account(UUID id, @Nullable UUID session) implements Holder {
	}

	/**
	 * Whoever has the API key.
	 *
	 * @param requestsPerMinute how many requests the key may be used for; null for no
	 * limit of its own
	 */
	record Key(long id, @Nullable Integer requestsPerMinute) implements Holder {
	}

	/** Whoever runs the installation: the bootstrap key, or open mode. */
	record Operator() implements Holder {
	}

	/** Nobody that is known. */
	record Anonymous() implements Holder {
	}

}
