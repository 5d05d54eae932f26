package dev.whence.ingest.zipkin;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.ingest.intake.RecordLimits;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Zipkin's annotations as the events of the model, in the shape that the OTLP decoder
 * gives them. OpenTelemetry's exporters write an event with attributes as {@code "name":
 * {"key": value}}; such a text becomes an event again.
 */
@Component
class Annotations {

	private final JsonMapper json = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(
					StreamReadConstraints.builder().maxNestingDepth(RecordLimits.DEPTH).maxNumberLength(64).build())
			.build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	List<Map<String, @Nullable Object>> events(List<zipkin2.Annotation> annotations) {
		return annotations.stream().map(this::event).toList();
	}

	private Map<String, @Nullable Object> event(zipkin2.Annotation annotation) {
		String name = annotation.value();
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		if (name.startsWith("\"") && name.endsWith("}") && parsed(name) instanceof Map<?, ?> whole
				&& whole.size() == 1) {
			Map.Entry<?, ?> only = whole.entrySet().iterator().next();
			if (only.getValue() instanceof Map<?, ?> given) {
				name = String.valueOf(only.getKey());
				given.forEach((key, value) -> attributes.put(String.valueOf(key), scalar(value)));
			}
		}
		Map<String, @Nullable Object> event = new LinkedHashMap<>();
		event.put("name", name);
		event.put("time_unix_nano", annotation.timestamp() * 1000);
		event.put("attributes", attributes);
		return event;
	}

	private @Nullable Object parsed(String text) {
		try {
			return this.json.readValue("{" + text + "}", Map.class);
		}
		catch (JacksonException _) {
			// Any other text that begins like one.
			return null;
		}
	}

	// JSON has no infinity to store, and a number of 64 digits is one for people.
	private static @Nullable Object scalar(@Nullable Object value) {
		return switch (value) {
			case Double number when !Double.isFinite(number) -> number.toString();
			case BigInteger number -> number.doubleValue();
			case null, default -> value;
		};
	}

}
