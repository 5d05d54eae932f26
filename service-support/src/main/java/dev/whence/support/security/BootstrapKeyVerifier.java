package dev.whence.support.security;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

import dev.whence.model.ProjectId;
import dev.whence.model.Sha256;

/**
 * The one administrator key that comes from configuration, with which the first keys are
 * created. Works without a database.
 */
final class BootstrapKeyVerifier implements CredentialVerifier {

	private static final Credential BOOTSTRAP = new Credential(ProjectId.DEFAULT, Set.of(Scope.ADMIN), "bootstrap",
			new Holder.Operator());

	private final byte[] hash;

	BootstrapKeyVerifier(String key) {
		this.hash = Sha256.of(key);
	}

	@Override
	public Optional<Credential> verify(String token) {
		// Comparing hashes hides the length, isEqual takes the same time wherever they
		// differ.
		boolean same = MessageDigest.isEqual(this.hash, Sha256.of(token));
		return same ? Optional.of(BOOTSTRAP) : Optional.empty();
	}

}
