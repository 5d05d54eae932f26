package dev.whence.support.security;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a credential may do within its project. */
public enum Scope {

	/** Send telemetry and decision runs. */
	INGEST,

	/** Ask about stored data. */
	READ,

	/** Change definitions, start builds, act on incidents. */
	WRITE,

	/** Change the project itself; implies every other scope. */
	ADMIN;

	/** How the API and the database spell it. */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The scope with this {@link #wireName()}, in any case. */
	public static Optional<Scope> named(String text) {
		return Stream.of(values()).filter((scope) -> scope.name().equalsIgnoreCase(text)).findFirst();
	}

}
