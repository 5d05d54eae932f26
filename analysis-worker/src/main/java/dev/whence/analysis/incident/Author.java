package dev.whence.analysis.incident;

import dev.whence.support.security.Credential;
import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param name who it was, as the caller says; the credential's name where it says nothing
 * @param credential the name of the credential that was verified; null for Whence itself
 */
public record Author(String name, @Nullable String credential) {

	/** Who acts when no person does. */
	static final Author WHENCE = new Author("whence", null);

	/** The one who holds the credential, or whom its holder names. */
	public static Author of(Credential credential, @Nullable String actor) {
		return new Author((actor != null && !actor.isBlank()) ? actor.strip() : credential.name(), credential.name());
	}

}
