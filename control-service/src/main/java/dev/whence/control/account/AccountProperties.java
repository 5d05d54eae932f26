package dev.whence.control.account;

import java.util.Optional;

import dev.whence.support.security.Role;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who gets an account.
 *
 * @param registration whether an invitation is needed; the first account needs none
 * @param openRole what an account that registered itself is in project 1
 * @param hashConcurrency how many passwords are hashed at the same time
 */
@ConfigurationProperties("whence.control.account")
record AccountProperties(@DefaultValue("invitation") Registration registration,
		@DefaultValue("viewer") OpenRole openRole, @DefaultValue("4") int hashConcurrency) {

	AccountProperties {
		if (hashConcurrency < 1) {
			throw new IllegalArgumentException(
					"whence.control.account.hash-concurrency is positive, this one is " + hashConcurrency);
		}
	}

	/** How accounts come to be. */
	enum Registration {

		/** Whoever has been invited. */
		INVITATION,

		/** Whoever asks. */
		OPEN

	}

	/** What somebody is who was not invited. */
	enum OpenRole {

		VIEWER, EDITOR, NONE;

		Optional<Role> role() {
			return Role.named(name());
		}

	}

}
