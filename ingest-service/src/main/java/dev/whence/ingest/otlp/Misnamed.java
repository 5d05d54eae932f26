package dev.whence.ingest.otlp;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Notices names that OTLP has us ignore and that were surely meant: the names of another
 * path, of an older OTLP, and those of the protobuf files, which JSON writes in
 * lowerCamelCase.
 */
final class Misnamed {

	private static final Map<String, String> ELSEWHERE = Map.ofEntries(
			Map.entry("resourceSpans", "/v1/traces takes it"), Map.entry("resourceLogs", "/v1/logs takes it"),
			Map.entry("resourceMetrics", "/v1/metrics takes it"),
			Map.entry("resourceProfiles", "profiles are not taken"),
			Map.entry("instrumentationLibrarySpans", "it is called scopeSpans since OTLP 0.15"),
			Map.entry("instrumentationLibraryLogs", "it is called scopeLogs since OTLP 0.15"),
			Map.entry("instrumentationLibraryMetrics", "it is called scopeMetrics since OTLP 0.15"));

	/** Longer names are none of ours. */
	private static final int LONGEST = 64;

	private @Nullable String finding;

	/** The first finding, for people; null when there is none. */
	@Nullable String finding() {
		return this.finding;
	}

	/**
	 * Looks at a name that nobody knows here.
	 * @param known the names that the message has
	 */
	void look(Set<String> known, String name, JsonToken value) {
		if (this.finding != null || name.length() > LONGEST || value == JsonToken.VALUE_NULL) {
			return;
		}
		String camelCase = camelCase(name);
		String where = ELSEWHERE.get(camelCase);
		if (!camelCase.equals(name) && known.contains(camelCase)) {
			this.finding = "'" + name + "' was ignored: in OTLP's JSON it is called " + camelCase;
		}
		else if (where != null && value.isStructStart()) {
			this.finding = "'" + name + "' was ignored: " + where;
		}
	}

	private static String camelCase(String name) {
		if (name.indexOf('_') < 0) {
			return name;
		}
		StringBuilder camelCase = new StringBuilder(name.length());
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c != '_') {
				camelCase.append((i > 0 && name.charAt(i - 1) == '_') ? Character.toUpperCase(c) : c);
			}
		}
		return camelCase.toString();
	}

}
