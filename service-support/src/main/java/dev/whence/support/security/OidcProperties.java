package dev.whence.support.security;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An outside issuer whose tokens are taken beside our own.
 *
 * @param issuer its address, below which its discovery document lies; none by default
 * @param audience what its tokens for Whence carry as {@code aud}; needed with an issuer
 */
@ConfigurationProperties("whence.security.oidc")
record OidcProperties(@Nullable URI issuer, @DefaultValue("") String audience) {

	OidcProperties {
		if (issuer != null && issuer.toString().isBlank()) {
			issuer = null;
		}
		if (issuer != null && (issuer.getHost() == null || audience.isBlank())) {
			throw new IllegalArgumentException("whence.security.oidc needs an issuer that is a URL, such as "
					+ "https://login.example.com/realms/main, and an audience");
		}
	}

}
