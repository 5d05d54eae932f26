package dev.whence.support.security;

import java.util.Optional;

import dev.whence.model.ProblemException;

/**
 * Knows one kind of credential. Several verifiers are asked in their order until one
 * recognises the token. Called for every request, from many threads.
 */
public interface CredentialVerifier {

	/**
	 * Verifies what a client presented.
	 * @param token the bare token, without an authentication scheme; untrusted
	 * @return the credential, or empty when this verifier does not know the token
	 * @throws ProblemException with {@code DEPENDENCY_UNAVAILABLE} when it cannot tell
	 * right now; never because of the token
	 */
	Optional<Credential> verify(String token);

	/**
	 * The same with nothing remembered of what can be taken away. Asked before something
	 * is changed: a right that ended half a minute ago must not make what outlives it.
	 */
	default Optional<Credential> verifyNow(String token) {
		return verify(token);
	}

}
