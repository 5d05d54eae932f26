package dev.whence.ingest.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.whence.store.form.EncodedJson;

/**
 * Replaces what PostgreSQL cannot store as text, NUL characters and lone surrogates, by
 * U+FFFD, and counts the texts it had to change. Clean values come back as they are, so
 * that the common case copies nothing.
 */
public final class TextSanitizer {

	private static final char REPLACEMENT = '\uFFFD';

	private int replaced;

	/** In how many texts something was replaced so far. */
	public int replaced() {
		return this.replaced;
	}

	public String clean(String text) {
		if (isClean(text)) {
			return text;
		}
		this.replaced++;
		StringBuilder cleaned = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
				cleaned.append(c).append(text.charAt(++i));
			}
			else {
				cleaned.append((c == 0 || Character.isSurrogate(c)) ? REPLACEMENT : c);
			}
		}
		return cleaned.toString();
	}

	public Map<String, @Nullable Object> clean(Map<String, @Nullable Object> map) {
		if (map instanceof EncodedJson || map.isEmpty() || isClean(map)) {
			return map;
		}
		Map<String, @Nullable Object> cleaned = new LinkedHashMap<>();
		map.forEach((key, value) -> cleaned.put(clean(key), cleanValue(value)));
		return cleaned;
	}

	private @Nullable Object cleanValue(@Nullable Object value) {
		return switch (value) {
			case String text -> clean(text);
			case Map<?, ?> map -> {
				Map<String, @Nullable Object> cleaned = new LinkedHashMap<>();
				map.forEach((key, inner) -> cleaned.put(clean(String.valueOf(key)), cleanValue(inner)));
				yield cleaned;
			}
			case List<?> list -> {
				List<@Nullable Object> cleaned = new ArrayList<>(list.size());
				list.forEach((inner) -> cleaned.add(cleanValue(inner)));
				yield cleaned;
			}
			case null, default -> value;
		};
	}

	private static boolean isClean(@Nullable Object value) {
		return switch (value) {
			case String text -> isClean(text);
			case Map<?, ?> map ->
				map.entrySet().stream().allMatch((e) -> isClean(Objects.toString(e.getKey())) && isClean(e.getValue()));
			case List<?> list -> list.stream().allMatch(TextSanitizer::isClean);
			case null, default -> true;
		};
	}

	private static boolean isClean(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == 0) {
				return false;
			}
			if (Character.isSurrogate(c)) {
				if (!Character.isHighSurrogate(c) || i + 1 == text.length()
						|| !Character.isLowSurrogate(text.charAt(i + 1))) {
					return false;
				}
				i++;
			}
		}
		return true;
	}

}
