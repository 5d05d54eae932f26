package dev.whence.instrumenter.manifest;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.whence.instrumenter.language.Language;
import dev.whence.instrumenter.manifest.YamlNode.Entry;
import dev.whence.instrumenter.manifest.YamlNode.Scalar;

/**
 * The operator's annotations on a pod template. Source: opentelemetry-operator v0.158.0,
 * {@code internal/instrumentation/annotation.go} and {@code podmutator.go}.
 *
 * @param enabled what inject-X asks for, by X, with the annotation
 * @param declined the X whose inject-X is false
 * @param malformed inject-X whose value the API server would reject
 * @param empty inject-X without a value, which the operator reads as absent
 */
record Annotations(Map<String, Entry> all, Map<String, Entry> enabled, Set<String> declined,
		Map<String, Entry> malformed, Map<String, Entry> empty) {

	static final String PREFIX = "instrumentation.opentelemetry.io/";

	static final String INJECT = PREFIX + "inject-";

	static final String NAMES = PREFIX + "container-names";

	/** What can stand behind inject-. */
	static final Set<String> INJECTABLE = Set.of("java", "nodejs", "python", "dotnet", "go", "apache-httpd", "nginx",
			"sdk");

	static Annotations of(Map<String, Entry> all) {
		Map<String, Entry> enabled = new LinkedHashMap<>();
		Set<String> declined = new LinkedHashSet<>();
		Map<String, Entry> malformed = new LinkedHashMap<>();
		Map<String, Entry> empty = new LinkedHashMap<>();
		all.forEach((key, entry) -> {
			if (!key.startsWith(INJECT) || !INJECTABLE.contains(key.substring(INJECT.length()))) {
				return;
			}
			String what = key.substring(INJECT.length());
			if (!(entry.value() instanceof Scalar scalar)) {
				malformed.put(what, entry);
			}
			else if (!scalar.isString() && !scalar.isNull()) {
				malformed.put(what, entry);
			}
			else if (scalar.value().equalsIgnoreCase("false")) {
				declined.add(what);
			}
			else if (!scalar.isNull() && !scalar.value().isEmpty()) {
				enabled.put(what, entry);
			}
			else {
				empty.put(what, entry);
			}
		});
		return new Annotations(all, enabled, declined, malformed, empty);
	}

	static String inject(Language language) {
		return INJECT + language.id();
	}

	static String names(Language language) {
		return PREFIX + language.id() + "-container-names";
	}

}
