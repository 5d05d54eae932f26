package dev.whence.support.security;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a member of a project is, and with it what they may do there. */
public enum Role {

	/** Sees what is stored. */
	VIEWER(EnumSet.of(Scope.READ)),

	/** Works with the project: definitions, builds, incidents. */
	EDITOR(EnumSet.of(Scope.READ, Scope.WRITE, Scope.INGEST)),

	/** Runs the project: its members and keys. */
	ADMIN(EnumSet.of(Scope.ADMIN));

	private final Set<Scope> scopes;

	Role(Set<Scope> scopes) {
		this.scopes = Set.copyOf(scopes);
	}

	public Set<Scope> scopes() {
		return this.scopes;
	}

	/** How the API and the database spell it. */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The role with this {@link #wireName()}, in any case. */
	public static Optional<Role> named(String text) {
		return Stream.of(values()).filter((role) -> role.name().equalsIgnoreCase(text)).findFirst();
	}

}
