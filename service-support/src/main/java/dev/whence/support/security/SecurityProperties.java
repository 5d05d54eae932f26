package dev.whence.support.security;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service treats credentials.
 *
 * @param mode whether requests need one
 * @param bootstrapKey an administrator key by configuration, at least 32 characters
 * @param anonymousPaths paths that may be used without a credential, each a method and a
 * path pattern; such requests belong to project 1 and have no scopes
 * @param keyCacheTime how long a verified key is trusted without asking the database, at
 * most 30 s, so that a revocation works within a minute
 * @param unknownKeyCacheTime how long a prefix that nobody owns is remembered
 * @param cachedKeys how many keys are remembered at most
 */
@ConfigurationProperties("whence.security")
record SecurityProperties(@DefaultValue("required") Mode mode, @Nullable String bootstrapKey,
		@DefaultValue("POST /workflow/instrument") List<String> anonymousPaths,
		@DefaultValue("30s") Duration keyCacheTime, @DefaultValue("5s") Duration unknownKeyCacheTime,
		@DefaultValue("10000") int cachedKeys) {

	private static final int SHORTEST_BOOTSTRAP_KEY = 32;

	private static final Duration LONGEST_CACHE_TIME = Duration.ofSeconds(30);

	/** Whether requests need a credential. */
	enum Mode {

		/** Every request is verified. */
		REQUIRED,

		/** Every request is project 1 with all scopes; for a loopback interface only. */
		OPEN

	}

	SecurityProperties {
		if (bootstrapKey != null) {
			bootstrapKey = bootstrapKey.strip();
			if (bootstrapKey.isEmpty()) {
				bootstrapKey = null;
			}
			else if (bootstrapKey.length() < SHORTEST_BOOTSTRAP_KEY) {
				throw new IllegalArgumentException("whence.security.bootstrap-key needs at least "
						+ SHORTEST_BOOTSTRAP_KEY + " characters, this one has " + bootstrapKey.length());
			}
		}
		requireCacheTime("key-cache-time", keyCacheTime);
		requireCacheTime("unknown-key-cache-time", unknownKeyCacheTime);
		if (cachedKeys < 1) {
			throw new IllegalArgumentException("whence.security.cached-keys is positive, this one is " + cachedKeys);
		}
		anonymousPaths = List.copyOf(anonymousPaths);
	}

	private static void requireCacheTime(String name, Duration value) {
		if (value.isNegative() || value.compareTo(LONGEST_CACHE_TIME) > 0) {
			throw new IllegalArgumentException(
					"whence.security." + name + " is between 0s and 30s, this one is " + value.toSeconds() + "s");
		}
	}

	/** Leaves the key out, so that no report of the configuration can show it. */
	@Override
	public String toString() {
		return "SecurityProperties[mode=" + this.mode + ", anonymousPaths=" + this.anonymousPaths + "]";
	}

}
