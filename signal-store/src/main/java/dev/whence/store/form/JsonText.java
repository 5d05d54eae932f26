package dev.whence.store.form;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Attribute maps as JSON text. */
public final class JsonText {

	/**
	 * Ingest sets the limits. One that was wider once, or wider than Jackson's own, must
	 * not make stored telemetry unreadable.
	 */
	private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNameLength(Integer.MAX_VALUE)
			.maxStringLength(Integer.MAX_VALUE)
			.maxNumberLength(Integer.MAX_VALUE)
			.build())
		.build());

	private static final TypeReference<LinkedHashMap<String, @Nullable Object>> MAP = new TypeReference<>() {
	};

	private static final byte[] EMPTY = { '{', '}' };

	private JsonText() {
	}

	public static byte[] write(Map<String, @Nullable Object> map) {
		if (map instanceof EncodedJson encoded) {
			return encoded.json();
		}
		return map.isEmpty() ? EMPTY : MAPPER.writeValueAsBytes(map);
	}

	/** Null for an empty map: most rows have none. */
	public static byte @Nullable [] writeNullable(Map<String, @Nullable Object> map) {
		return map.isEmpty() ? null : write(map);
	}

	public static Map<String, @Nullable Object> read(@Nullable String text) {
		return (text == null || text.equals("{}")) ? Collections.<String, @Nullable Object>emptyMap()
				: MAPPER.readValue(text, MAP);
	}

	static Map<String, @Nullable Object> read(byte[] text) {
		return MAPPER.readValue(text, MAP);
	}

}
