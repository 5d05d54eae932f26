package dev.whence.store.form;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON objects as they lie in columns. */
final class StoredJson {

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

	private StoredJson() {
	}

	static Map<String, @Nullable Object> read(String text) {
		return MAPPER.readValue(text, MAP);
	}

	static Map<String, @Nullable Object> read(byte[] text) {
		return MAPPER.readValue(text, MAP);
	}

	static byte[] write(Map<String, @Nullable Object> map) {
		return MAPPER.writeValueAsBytes(map);
	}

}
