package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.instrumenter.language.Language;
import org.jspecify.annotations.Nullable;

/**
 * What was added to a pod template, kept beside it in an annotation: only so can removing
 * tell what was there before from what was put there, and give back the very bytes. The
 * operator ignores the annotation.
 *
 * <p>
 * The value is words: a version, then {@code +key} for each annotation added,
 * {@code language=container,container} for each agent put in without the operator, and
 * {@code -place=token} for each place that was not simply absent, with the token that
 * stood there.
 *
 * @param keys suffixes of the annotations added
 * @param agents containers by language, for operator-free mode
 * @param had what stood at places that are not simply absent again after removal
 */
record Provenance(List<String> keys, Map<Language, List<String>> agents, Map<String, String> had) {

	static final String KEY = Annotations.PREFIX + "whence";

	private static final String VERSION = "v1";

	static Provenance empty() {
		return new Provenance(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
	}

	static @Nullable Provenance parse(String value) {
		String[] words = value.strip().split("\\s+");
		if (!words[0].equals(VERSION)) {
			return null;
		}
		Provenance provenance = empty();
		for (int i = 1; i < words.length; i++) {
			String word = words[i];
			int equals = word.indexOf('=');
			if (word.startsWith("+")) {
				provenance.keys.add(word.substring(1));
			}
			else if (word.startsWith("-") && equals > 0) {
				provenance.had.put(word.substring(1, equals), word.substring(equals + 1));
			}
			else if (equals > 0) {
				Language language = Language.parse(word.substring(0, equals)).orElse(null);
				if (language == null) {
					return null;
				}
				provenance.agents.put(language, List.of(word.substring(equals + 1).split(",")));
			}
			else {
				return null;
			}
		}
		return provenance;
	}

	@Override
	public String toString() {
		StringBuilder out = new StringBuilder(VERSION);
		this.keys.forEach((key) -> out.append(" +").append(key));
		this.agents.forEach((language,
				containers) -> out.append(' ').append(language.id()).append('=').append(String.join(",", containers)));
		this.had.forEach((place, token) -> out.append(" -").append(place).append('=').append(token));
		return out.toString();
	}

}
