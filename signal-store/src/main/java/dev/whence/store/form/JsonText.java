package dev.whence.store.form;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Attribute maps as JSON text. */
public final class JsonText {

	private static final byte[] EMPTY = { '{', '}' };

	private JsonText() {
	}

	public static byte[] write(Map<String, @Nullable Object> map) {
		if (map instanceof EncodedJson encoded) {
			return encoded.json();
		}
		return map.isEmpty() ? EMPTY : StoredJson.write(map);
	}

	/** Null for an empty map: most rows have none. */
	public static byte @Nullable [] writeNullable(Map<String, @Nullable Object> map) {
		return map.isEmpty() ? null : write(map);
	}

	public static Map<String, @Nullable Object> read(@Nullable String text) {
		return (text == null || text.equals("{}")) ? Collections.<String, @Nullable Object>emptyMap()
				: StoredJson.read(text);
	}

	/**
	 * The same of the text's bytes, which takes less than making a text of them first.
	 */
	public static Map<String, @Nullable Object> read(byte @Nullable [] text) {
		return (text == null || Arrays.equals(text, EMPTY)) ? Collections.<String, @Nullable Object>emptyMap()
				: StoredJson.read(text);
	}

}
