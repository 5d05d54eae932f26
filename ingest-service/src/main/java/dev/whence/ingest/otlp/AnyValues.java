package dev.whence.ingest.otlp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's attribute values as JSON values. Bytes become base64; numbers that JSON
 * cannot say become their text. Of equal keys the first wins.
 */
final class AnyValues {

	/** The depth at which nesting is cut; OpenTelemetry sets none. */
	private static final int MAX_DEPTH = 32;

	private AnyValues() {
	}

	static Map<String, @Nullable Object> map(List<KeyValue> pairs) {
		return map(pairs, 0);
	}

	static @Nullable Object value(AnyValue value) {
		return value(value, 0);
	}

	private static Map<String, @Nullable Object> map(List<KeyValue> pairs, int depth) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (KeyValue pair : pairs) {
			map.putIfAbsent(pair.getKey(), value(pair.getValue(), depth + 1));
		}
		return map;
	}

	private static @Nullable Object value(AnyValue value, int depth) {
		if (depth > MAX_DEPTH) {
			return "…";
		}
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case BOOL_VALUE -> value.getBoolValue();
			case INT_VALUE -> value.getIntValue();
			case DOUBLE_VALUE -> number(value.getDoubleValue());
			case BYTES_VALUE -> Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
			case ARRAY_VALUE -> {
				List<@Nullable Object> list = new ArrayList<>();
				value.getArrayValue().getValuesList().forEach((element) -> list.add(value(element, depth + 1)));
				yield list;
			}
			case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList(), depth);
			default -> null;
		};
	}

	static Object number(double number) {
		return Double.isFinite(number) ? (Object) number : Double.toString(number);
	}

}
