package dev.whence.support.security;

import java.util.EnumSet;
import java.util.Set;

import dev.whence.model.ProjectId;

/**
 * What is known about the sender of a request once its key or token has been verified.
 * Controllers take it, or its {@link ProjectId} alone, as a method argument.
 *
 * @param project the project whose rows this request may see and write
 * @param name for people and logs; never the key
 * @param holder to whom the credential was given
 */
public record Credential(ProjectId project, Set<Scope> scopes, String name, Holder holder) {

	/** Every request of an installation that asks for no credentials. */
	static final Credential OPEN = new Credential(ProjectId.DEFAULT, EnumSet.allOf(Scope.class), "open",
			new Holder.Operator());

	/** A request without a key on a path that allows this. */
	static final Credential ANONYMOUS = new Credential(ProjectId.DEFAULT, Set.of(), "anonymous",
			new Holder.Anonymous());

	public Credential {
		scopes = Set.copyOf(scopes);
	}

	/**
	 * Whether this is an administrator of project 1, who sees all projects and accounts.
	 */
	public boolean runsTheInstallation() {
		return this.project.equals(ProjectId.DEFAULT) && allows(Scope.ADMIN);
	}

	public boolean allows(Scope scope) {
		return this.scopes.contains(scope) || this.scopes.contains(Scope.ADMIN);
	}

}
