package dev.whence.support.security;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the service that signs tokens and those that verify them agree on.
 *
 * @param issuer the claim {@code iss}
 * @param audience the claim {@code aud}
 * @param clockSkew by how much the clocks of two machines may differ, at most a minute
 */
@ConfigurationProperties("whence.security.token")
public record TokenProperties(@DefaultValue("urn:whence") String issuer,
		@DefaultValue("urn:whence:api") String audience, @DefaultValue("15s") Duration clockSkew) {

	private static final Duration LARGEST_SKEW = Duration.ofMinutes(1);

	public TokenProperties {
		if (issuer.isBlank() || audience.isBlank()) {
			throw new IllegalArgumentException("whence.security.token.issuer and .audience are not empty");
		}
		if (clockSkew.isNegative() || clockSkew.compareTo(LARGEST_SKEW) > 0) {
			throw new IllegalArgumentException("whence.security.token.clock-skew is between 0s and 60s, this one is "
					+ clockSkew.toSeconds() + "s");
		}
	}

}
