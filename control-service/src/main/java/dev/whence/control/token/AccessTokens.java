package dev.whence.control.token;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.whence.support.security.AccessToken;
import dev.whence.support.security.TokenProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Signs access tokens with the key whose time it is. */
@Component
class AccessTokens {

	private final SigningKeys keys;

	private final TokenProperties format;

	private final SigningProperties properties;

	private final InstantSource clock;

	AccessTokens(SigningKeys keys, TokenProperties format, SigningProperties properties, InstantSource clock) {
		this.keys = keys;
		this.format = format;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * A token for an account in one of its sessions.
	 * @param project null for an account that is a member of none
	 */
	String issue(UUID account, long epoch, UUID session, @Nullable Integer project) {
		ECKey key = this.keys.current();
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		JwsHeader header = JwsHeader.with(AccessToken.ALGORITHM).type(AccessToken.TYPE).keyId(key.getKeyID()).build();
		JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
			.id(UUID.randomUUID().toString())
			.issuer(this.format.issuer())
			.audience(List.of(this.format.audience()))
			.subject(account.toString())
			.issuedAt(now)
			.notBefore(now)
			.expiresAt(now.plus(this.properties.lifetime()))
			.claim(AccessToken.SESSION, session.toString())
			.claim(AccessToken.EPOCH, epoch);
		if (project != null) {
			claims.claim(AccessToken.PROJECT, project);
		}
		return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
			.encode(JwtEncoderParameters.from(header, claims.build()))
			.getTokenValue();
	}

}
