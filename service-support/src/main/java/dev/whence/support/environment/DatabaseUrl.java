package dev.whence.support.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The value of {@code DATABASE_URL} in any of the forms people have:
 * {@code postgresql://user:password@host:port,host:port/name?options}, the same with
 * {@code postgres} or {@code postgresql+asyncpg} as its scheme, and {@code jdbc:…}.
 * <p>
 * The options are those of libpq and asyncpg, said in the driver's words; one that the
 * driver would silently ignore stops the start. No message and no URL that is logged
 * contains a password.
 *
 * @param jdbcUrl without any password
 * @param user empty when there is none, or when the URL has it
 * @param password empty when there is none
 * @param keyPassword of the client's TLS key, empty when there is none
 */
record DatabaseUrl(String jdbcUrl, String user, String password, String keyPassword) {

	private static final String NAME = "DATABASE_URL";

	private static final Set<String> SSL_MODES = Set.of("disable", "allow", "prefer", "require", "verify-ca",
			"verify-full");

	/** Options of libpq, by what the driver calls them. */
	private static final Map<String, String> TRANSLATED = Map.of("application_name", "ApplicationName",
			"connect_timeout", "connectTimeout", "gssencmode", "gssEncMode", "channel_binding", "channelBinding",
			"fallback_application_name", "ApplicationName");

	/** Options that both know under one name. */
	private static final Set<String> SHARED = Set.of("sslrootcert", "sslcert", "sslkey", "options");

	/** Options of the driver alone; its others are written in camel case. */
	private static final Set<String> OF_DRIVER = Set.of("autosave", "gsslib", "replication", "service", "sslfactory",
			"sslfactoryarg", "sslhostnameverifier", "sslpasswordcallback", "stringtype");

	private static final String KEY_PASSWORD = "sslpassword";

	/** What clients in Python are told about themselves. */
	private static final Set<String> OF_PYTHON = Set.of("prepared_statement_cache_size", "statement_cache_size",
			"max_cached_statement_lifetime", "max_cacheable_statement_size", "async_fallback", "command_timeout");

	private static final Map<String, String> SERVERS = Map.of("any", "any", "read-write", "primary", "primary",
			"primary", "read-only", "secondary", "standby", "secondary", "prefer-standby", "preferSecondary");

	/**
	 * @throws IllegalArgumentException saying what is wrong and how to mend it
	 */
	static DatabaseUrl parse(String text) {
		if (text.startsWith("jdbc:")) {
			return jdbc(text);
		}
		int separator = text.indexOf("://");
		if (separator < 0 || !text.substring(0, separator).matches("postgres(ql)?(\\+[a-z0-9]+)?")) {
			throw new IllegalArgumentException(
					NAME + " must start with postgresql://, postgresql+asyncpg:// or jdbc:postgresql://");
		}
		ConnectionUrl url = ConnectionUrl.parse(NAME, text);
		Options options = new Options(url);
		for (String option : url.query().split("&")) {
			if (!option.isEmpty()) {
				int equals = option.indexOf('=');
				options.add(option.substring(0, equals), option.substring(equals + 1));
			}
		}
		if (options.hosts.isEmpty()) {
			throw new IllegalArgumentException(NAME + " names no host: postgresql://user:password@host:5432/name");
		}
		return new DatabaseUrl("jdbc:postgresql://" + String.join(",", options.hosts) + url.path() + options.query(),
				options.user, options.password, options.keyPassword);
	}

	/** As it is, but for the password, which would be logged with the rest. */
	private static DatabaseUrl jdbc(String text) {
		int question = text.indexOf('?');
		if (question < 0) {
			return new DatabaseUrl(text, "", "", "");
		}
		List<String> kept = new ArrayList<>();
		Map<String, String> secrets = new LinkedHashMap<>();
		for (String option : text.substring(question + 1).split("&")) {
			String name = option.substring(0, Math.max(option.indexOf('='), 0));
			if (name.equals("password") || name.equals(KEY_PASSWORD)) {
				secrets.put(name, decode(name, option.substring(name.length() + 1)));
			}
			else {
				kept.add(option);
			}
		}
		return new DatabaseUrl(text.substring(0, question) + (kept.isEmpty() ? "" : "?" + String.join("&", kept)), "",
				secrets.getOrDefault("password", ""), secrets.getOrDefault(KEY_PASSWORD, ""));
	}

	Map<String, Object> asProperties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("spring.datasource.url", this.jdbcUrl);
		if (!this.user.isEmpty()) {
			properties.put("spring.datasource.username", this.user);
		}
		if (!this.password.isEmpty()) {
			properties.put("spring.datasource.password", this.password);
		}
		if (!this.keyPassword.isEmpty()) {
			properties.put("spring.datasource.hikari.data-source-properties." + KEY_PASSWORD, this.keyPassword);
		}
		return properties;
	}

	/** Leaves the password out: this value may be printed. */
	@Override
	public String toString() {
		return this.jdbcUrl;
	}

	private static String decode(String option, String value) {
		try {
			return ConnectionUrl.decode(value);
		}
		catch (IllegalArgumentException _) {
			// What Java says quotes the value.
			throw new IllegalArgumentException(NAME + ": the option " + option + " has an incomplete %XX");
		}
	}

	/** The options of one URL, in the driver's words. */
	private static final class Options {

		private final Map<String, String> driver = new LinkedHashMap<>();

		private List<String> hosts;

		private String user;

		private String password;

		private String keyPassword = "";

		Options(ConnectionUrl url) {
			this.hosts = url.hosts();
			this.user = url.user();
			this.password = url.password();
		}

		void add(String name, String value) {
			switch (name) {
				case "user" -> this.user = decode(name, value);
				case "password" -> this.password = decode(name, value);
				case KEY_PASSWORD -> this.keyPassword = decode(name, value);
				case "ssl" -> this.driver.put("sslmode", sslMode(name, switch (value) {
					case "true", "1", "on" -> "verify-full";
					case "false", "0", "off" -> "disable";
					default -> value;
				}));
				case "sslmode" -> this.driver.put("sslmode", sslMode(name, value));
				case "host" -> host(decode(name, value));
				case "port" -> this.hosts = this.hosts.stream()
					.map((host) -> host.matches(".*:\\d+") ? host : host + ":" + value)
					.toList();
				case "target_session_attrs" -> {
					String server = SERVERS.get(value);
					if (server == null) {
						throw new IllegalArgumentException(
								NAME + ": target_session_attrs is one of " + names(SERVERS.keySet()));
					}
					this.driver.put("targetServerType", server);
				}
				default -> other(name, value);
			}
		}

		private void other(String name, String value) {
			String translated = TRANSLATED.get(name);
			if (translated != null) {
				this.driver.put(translated, value);
			}
			// The driver's own names are written in camel case.
			else if (SHARED.contains(name) || OF_DRIVER.contains(name) || !name.equals(name.toLowerCase(Locale.ROOT))) {
				this.driver.put(name, value);
			}
			else if (!OF_PYTHON.contains(name)) {
				throw new IllegalArgumentException(NAME + ": the option " + name
						+ " is not known here and would be ignored; leave it out, or use the name that the PostgreSQL "
						+ "JDBC driver has for it");
			}
		}

		private void host(String value) {
			if (value.startsWith("/") || value.startsWith("@")) {
				throw new IllegalArgumentException(
						NAME + " names a Unix socket, which cannot be used: name a host and a port");
			}
			this.hosts = ConnectionUrl.hosts(NAME, value);
		}

		private static String sslMode(String option, String value) {
			if (!SSL_MODES.contains(value)) {
				throw new IllegalArgumentException(NAME + ": " + option + " is one of " + names(SSL_MODES));
			}
			return value;
		}

		private static String names(Set<String> names) {
			return String.join(", ", names.stream().sorted().toList());
		}

		String query() {
			if (this.driver.isEmpty()) {
				return "";
			}
			return "?" + String.join("&",
					this.driver.entrySet()
						.stream()
						.map((option) -> option.getKey() + "=" + option.getValue())
						.toList());
		}

	}

}
