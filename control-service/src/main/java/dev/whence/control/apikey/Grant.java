package dev.whence.control.apikey;

import java.time.Instant;
import java.util.Set;

import dev.whence.support.security.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What a key is for.
 *
 * @param name within the project; a key and the one that takes its place share it
 * @param requestsPerMinute how much it may be used; null for no limit of its own
 * @param expiresAt null for a key that does not expire
 */
record Grant(String name, Set<Scope> scopes, @Nullable Integer requestsPerMinute, @Nullable Instant expiresAt) {

	Grant {
		scopes = Set.copyOf(scopes);
	}

}
