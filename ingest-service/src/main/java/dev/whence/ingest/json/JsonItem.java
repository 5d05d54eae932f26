package dev.whence.ingest.json;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What became of one JSON object. */
public sealed interface JsonItem permits JsonItem.Parsed, Refusal {

	/**
	 * It could be read within all limits.
	 *
	 * @param fields values are {@code String}, {@code Boolean}, {@code Integer},
	 * {@code Long}, finite {@code Double}, {@code List}, {@code Map} and {@code null}
	 */
	record Parsed(Map<String, @Nullable Object> fields) implements JsonItem {
	}

}
