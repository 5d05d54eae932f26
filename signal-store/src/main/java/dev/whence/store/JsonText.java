package dev.whence.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Attribute maps as JSON text. */
final class JsonText {

	private static final TypeReference<LinkedHashMap<String, @Nullable Object>> MAP = new TypeReference<>() {
	};

	private static final byte[] EMPTY = { '{', '}' };

	private final JsonMapper json;

	JsonText(JsonMapper json) {
		this.json = json;
	}

	byte[] write(Map<String, @Nullable Object> map) {
		if (map instanceof EncodedJson encoded) {
			return encoded.json();
		}
		return map.isEmpty() ? EMPTY : this.json.writeValueAsBytes(map);
	}

	/** Null for an empty map: most rows have none. */
	byte @Nullable [] writeNullable(Map<String, @Nullable Object> map) {
		return map.isEmpty() ? null : write(map);
	}

	Map<String, @Nullable Object> read(@Nullable String text) {
		return (text == null || text.equals("{}")) ? Collections.<String, @Nullable Object>emptyMap()
				: this.json.readValue(text, MAP);
	}

}
