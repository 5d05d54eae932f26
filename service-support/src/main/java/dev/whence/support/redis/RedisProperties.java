package dev.whence.support.redis;

import dev.whence.support.environment.ConnectionUrl;
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
public record RedisProperties(@DefaultValue("redis://localhost:6379/0") String url) {

	private static final String NAME = "whence.redis.url (REDIS_URL)";

	private static final int DEFAULT_PORT = 6379;

	public RedisProperties {
		ConnectionUrl parsed = ConnectionUrl.parse(NAME, url);
		if (!"redis".equals(parsed.scheme()) && !"rediss".equals(parsed.scheme())) {
			throw new IllegalArgumentException(NAME + " starts with redis:// or rediss://");
		}
		if (parsed.hosts().size() != 1) {
			throw new IllegalArgumentException(NAME + " names one host");
		}
		if (!parsed.path().matches("/?\\d{0,3}")) {
			throw new IllegalArgumentException(NAME + " ends with a database number or nothing");
		}
		if (!parsed.query().isEmpty()) {
			throw new IllegalArgumentException(NAME + " takes no options; TLS is asked for by rediss://");
		}
		if (!parsed.user().isEmpty() && parsed.password().isEmpty()) {
			throw new IllegalArgumentException(NAME + " has a user without a password: a password alone is written "
					+ "behind a colon, redis://:password@host");
		}
	}

	/** Scheme, host and port, which is all that clients take as an address. */
	public String address() {
		String host = parsed().hosts().getFirst();
		return parsed().scheme() + "://" + (host.matches(".*:\\d+") ? host : host + ":" + DEFAULT_PORT);
	}

	/** The number of the database, 0 unless said otherwise. */
	public int database() {
		String digits = parsed().path().replace("/", "");
		return digits.isEmpty() ? 0 : Integer.parseInt(digits);
	}

	/** The user to log in as, null for the default one. */
	public @Nullable String username() {
		return parsed().user().isEmpty() ? null : parsed().user();
	}

	/** The password, null for none. */
	public @Nullable String password() {
		return parsed().password().isEmpty() ? null : parsed().password();
	}

	private ConnectionUrl parsed() {
		return ConnectionUrl.parse(NAME, this.url);
	}

	/** Leaves the password out: this value may be printed. */
	@Override
	public String toString() {
		return "RedisProperties[" + parsed() + "]";
	}

}
