package dev.whence.control.token;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long tokens and the keys that sign them live.
 *
 * @param secretKey 32 bytes in Base64 that seal the signing keys; without it nobody signs
 * in
 * @param lifetime of an access token, at most an hour
 * @param refreshLifetime how long a session goes on without use
 * @param sessionLifetime how long it goes on at most
 * @param rotateEvery how often the signing key changes
 * @param publishAhead how long the next key is known before it signs: longer than any
 * service remembers the keys
 */
@ConfigurationProperties("whence.control.token")
record SigningProperties(@Nullable String secretKey, @DefaultValue("15m") Duration lifetime,
		@DefaultValue("14d") Duration refreshLifetime, @DefaultValue("90d") Duration sessionLifetime,
		@DefaultValue("30d") Duration rotateEvery, @DefaultValue("2m") Duration publishAhead) {

	private static final Duration LONGEST_LIFETIME = Duration.ofHours(1);

	SigningProperties {
		if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
			throw new IllegalArgumentException(
					"whence.control.token.lifetime is between 1s and 1h, this one is " + lifetime.toSeconds() + "s");
		}
		requirePositive("refresh-lifetime", refreshLifetime);
		requirePositive("session-lifetime", sessionLifetime);
		requirePositive("rotate-every", rotateEvery);
		if (publishAhead.isNegative()) {
			throw new IllegalArgumentException("whence.control.token.publish-ahead is not negative");
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (value.toSeconds() < 1) {
			throw new IllegalArgumentException("whence.control.token." + name + " is at least 1s");
		}
	}

	/** Leaves the key out, so that no report of the configuration can show it. */
	@Override
	public String toString() {
		return "SigningProperties[lifetime=" + this.lifetime + ", rotateEvery=" + this.rotateEvery + "]";
	}

}
