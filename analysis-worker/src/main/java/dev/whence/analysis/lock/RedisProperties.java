package dev.whence.analysis.lock;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is.
 *
 * @param url {@code redis://} or {@code rediss://} (TLS), with
 * {@code user:password@host:port/database} as far as needed
 */
@ConfigurationProperties("whence.redis")
record RedisProperties(@DefaultValue("redis://localhost:6379/0") URI url) {

	private static final int DEFAULT_PORT = 6379;

	RedisProperties {
		if (!"redis".equals(url.getScheme()) && !"rediss".equals(url.getScheme())) {
			throw new IllegalArgumentException("whence.redis.url starts with redis:// or rediss://");
		}
		if (url.getHost() == null) {
			throw new IllegalArgumentException("whence.redis.url names no host");
		}
		if (!url.getPath().matches("/?\\d{0,3}")) {
			throw new IllegalArgumentException("whence.redis.url ends with a database number or nothing");
		}
	}

	/** Scheme, host and port, which is all that the client takes as an address. */
	String address() {
		int port = (this.url.getPort() > 0) ? this.url.getPort() : DEFAULT_PORT;
		return this.url.getScheme() + "://" + this.url.getHost() + ":" + port;
	}

	int database() {
		String digits = this.url.getPath().replace("/", "");
		return digits.isEmpty() ? 0 : Integer.parseInt(digits);
	}

	@Nullable String username() {
		String[] parts = credentials();
		return (parts.length == 2 && !parts[0].isEmpty()) ? parts[0] : null;
	}

	@Nullable String password() {
		String[] parts = credentials();
		return (parts.length == 2) ? parts[1] : null;
	}

	private String[] credentials() {
		String userInfo = this.url.getUserInfo();
		return (userInfo != null) ? userInfo.split(":", 2) : new String[0];
	}

}
