package dev.whence.support.security;

/** What a path asks of the one who calls it. */
sealed interface Access {

	/** Nothing; a credential is not even looked at. */
	record Open() implements Access {
	}

	/** A credential if there is one, otherwise project 1 without scopes. */
	record Anonymous() implements Access {
	}

	/** Any valid credential. */
	record Identified() implements Access {
	}

	/** A credential that allows this. */
	record Scoped(Scope scope) implements Access {
	}

}
