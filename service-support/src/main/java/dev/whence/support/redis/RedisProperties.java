package dev.whence.support.redis;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Redis is. Whoever needs it enables it; a URL that no client could use stops the
 * start.
 *
 * @param url {@code redis://} or {@code rediss://} (TLS), with
 * {@code user:password@host:port/database} as far as needed
 */
@ConfigurationProperties("whence.redis")
public record RedisProperties(@DefaultValue("redis://localhost:6379/0") URI url) {

	private static final int DEFAULT_PORT = 6379;

	public RedisProperties {
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

	/** Scheme, host and port, which is all that clients take as an address. */
	public String address() {
		int port = (this.url.getPort() > 0) ? this.url.getPort() : DEFAULT_PORT;
		return this.url.getScheme() + "://" + this.url.getHost() + ":" + port;
	}

	/** The number of the database, 0 unless said otherwise. */
	public int database() {
		String digits = this.url.getPath().replace("/", "");
		return digits.isEmpty() ? 0 : Integer.parseInt(digits);
	}

	/** The user to log in as, null for the default one. */
	public @Nullable String username() {
		return credential(0);
	}

	/** The password, null for none. */
	public @Nullable String password() {
		return credential(1);
	}

	private @Nullable String credential(int part) {
		String userInfo = this.url.getUserInfo();
		String[] parts = (userInfo != null) ? userInfo.split(":", 2) : new String[0];
		return (parts.length == 2 && !parts[part].isEmpty()) ? parts[part] : null;
	}

}
