package dev.whence.support.security;

import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * The form of the tokens that people's clients carry, for the service that signs them and
 * all that verify them: an RFC 9068 access token that says who, in which project and
 * since when, and nothing of what they may do, which can change while it lives.
 */
public final class AccessToken {

	/** The only algorithm that is ever accepted: ECDSA on P-256 with SHA-256. */
	public static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ES256;

	/** The header {@code typ}. */
	public static final String TYPE = "at+jwt";

	/** The session that the token was given to. */
	public static final String SESSION = "sid";

	/** The project it is for; absent for an account that is a member of none. */
	public static final String PROJECT = "project";

	/** A number of the account that a new password raises. */
	public static final String EPOCH = "epoch";

	private AccessToken() {
	}

}
