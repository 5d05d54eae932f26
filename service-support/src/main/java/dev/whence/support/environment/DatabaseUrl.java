package dev.whence.support.environment;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The value of {@code DATABASE_URL} in any of the forms people have:
 * {@code postgresql://user:password@host:port/name?options}, the same with
 * {@code postgres} or {@code postgresql+asyncpg} as its scheme, and {@code jdbc:…}.
 */
record DatabaseUrl(String jdbcUrl, String user, String password) {

	static DatabaseUrl parse(String text) {
		if (text.startsWith("jdbc:")) {
			return new DatabaseUrl(text, "", "");
		}
		int separator = text.indexOf("://");
		if (separator < 0 || !text.substring(0, separator).matches("postgres(ql)?(\\+[a-z0-9]+)?")) {
			throw new IllegalArgumentException(
					"DATABASE_URL must start with postgresql://, postgresql+asyncpg:// or " + "jdbc:postgresql://");
		}
		URI uri = URI.create("postgresql" + text.substring(separator));
		if (uri.getHost() == null) {
			throw new IllegalArgumentException("DATABASE_URL names no host");
		}
		String port = (uri.getPort() > 0) ? ":" + uri.getPort() : "";
		String query = (uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "";
		String[] credentials = (uri.getRawUserInfo() != null) ? uri.getRawUserInfo().split(":", 2) : new String[0];
		return new DatabaseUrl("jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
				(credentials.length > 0) ? decode(credentials[0]) : "",
				(credentials.length > 1) ? decode(credentials[1]) : "");
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
		return properties;
	}

	/** Leaves the password out: this value is printed. */
	@Override
	public String toString() {
		return this.jdbcUrl.replaceAll("(?i)password=[^&]*", "password=…");
	}

	private static String decode(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}
