package dev.whence.control.audit;

import java.util.UUID;

import dev.whence.support.security.Credential;
import dev.whence.support.security.Holder;
import org.jspecify.annotations.Nullable;

/**
 * Who did something.
 *
 * @param id of the account or the key; null for others
 * @param name for people, as it was then
 */
public record Actor(Kind kind, @Nullable String id, String name) {

	/** Somebody who has not signed in. */
	public static final Actor ANONYMOUS = new Actor(Kind.ANONYMOUS, null, "anonymous");

	public static Actor of(Credential credential) {
		return switch (credential.holder()) {
			case Holder.Account account -> account(account.id(), credential.name());
			case Holder.Key key -> new Actor(Kind.KEY, Long.toString(key.id()), credential.name());
			case Holder.Operator _ -> new Actor(Kind.OPERATOR, null, credential.name());
			case Holder.Anonymous _ -> ANONYMOUS;
		};
	}

	public static Actor account(UUID id, String email) {
		return new Actor(Kind.ACCOUNT, id.toString(), email);
	}

	/** What there is. */
	public enum Kind {

		ACCOUNT, KEY, OPERATOR, ANONYMOUS

	}

}
