package dev.whence.support.security;

import java.text.ParseException;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/**
 * What a token says of itself before anything of it is verified: only which key and whose
 * token it would be.
 */
record PresentedToken(@Nullable Algorithm algorithm, @Nullable String keyId, @Nullable String issuer) {

	/** Null for what cannot be read as a signed token. */
	static @Nullable PresentedToken parse(String token) {
		try {
			SignedJWT jwt = SignedJWT.parse(token);
			return new PresentedToken(jwt.getHeader().getAlgorithm(), jwt.getHeader().getKeyID(),
					jwt.getJWTClaimsSet().getIssuer());
		}
		catch (ParseException | RuntimeException _) {
			// On some hostile headers the library fails in ways that it does not declare.
			return null;
		}
	}

}
