package dev.whence.gateway.shield;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Some requests, written {@code POST /path/*} or, for every method, {@code /path/*}.
 */
record RequestPattern(@Nullable HttpMethod method, PathPattern path) {

	static RequestPattern parse(String text) {
		String stripped = text.strip();
		int space = stripped.indexOf(' ');
		HttpMethod method = (space < 0) ? null
				: HttpMethod.valueOf(stripped.substring(0, space).toUpperCase(Locale.ROOT));
		String path = stripped.substring(space + 1).strip();
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException("'" + text + "' does not name a path that begins with a slash");
		}
		return new RequestPattern(method, PathPatternParser.defaultInstance.parse(path));
	}

	boolean matches(HttpMethod method, PathContainer path) {
		return (this.method == null || this.method.equals(method)) && this.path.matches(path);
	}

}
