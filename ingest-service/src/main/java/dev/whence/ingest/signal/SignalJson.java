package dev.whence.ingest.signal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.ingest.intake.ContentId;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Parses native bodies under explicit limits. Duplicate keys are refused: which of two
 * values was meant cannot be known.
 */
@Component
class SignalJson {

	private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT = new TypeReference<>() {
	};

	private final JsonMapper reader = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(64)
				.maxNumberLength(64)
				.maxNameLength(512)
				.maxStringLength(1024 * 1024)
				.maxTokenCount(1_000_000)
				.maxDocumentLength(16 * 1024 * 1024)
				.build())
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final JsonMapper canonical = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	Map<String, @Nullable Object> parse(byte[] body) {
		Map<String, @Nullable Object> object;
		try {
			// As text: on bytes the parser refuses lone surrogates in property names,
			// which are to be replaced like those in values.
			object = this.reader.readValue(text(body), OBJECT);
		}
		catch (CharacterCodingException ex) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "the body is not UTF-8");
		}
		catch (StreamConstraintsException ex) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY,
					"the JSON is beyond a limit: " + firstSentence(ex.getOriginalMessage()));
		}
		catch (JacksonException ex) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "the body is not one JSON object" + position(ex));
		}
		if (object == null) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "the body is not one JSON object");
		}
		requireFinite("", object);
		return object;
	}

	// RFC 8259: UTF-8, and a byte order mark may be ignored.
	private static String text(byte[] body) throws CharacterCodingException {
		String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	/** Identity of the content, whatever the order of its keys and the blanks between. */
	ContentId identify(String kind, Map<String, @Nullable Object> body) {
		return ContentId.of(kind.getBytes(StandardCharsets.UTF_8), this.canonical.writeValueAsBytes(body));
	}

	// 1e400 parses as infinity, which JSON cannot say.
	private static void requireFinite(String pointer, @Nullable Object value) {
		switch (value) {
			case Double number when !Double.isFinite(number) -> {
				FieldError error = new FieldError(pointer, "is a number out of range");
				throw new ProblemException(ProblemCode.INVALID_FIELD, pointer.substring(1) + " " + error.message(),
						List.of(error), null);
			}
			case Map<?, ?> map -> map.forEach((key, inner) -> requireFinite(pointer + "/" + key, inner));
			case Iterable<?> list -> list.forEach((inner) -> requireFinite(pointer, inner));
			case null, default -> {
			}
		}
	}

	private static String position(JacksonException failure) {
		return (failure.getLocation() != null)
				? ", see line " + failure.getLocation().getLineNr() + ", column " + failure.getLocation().getColumnNr()
				: "";
	}

	// The library's messages end with internals after the first bracket.
	private static String firstSentence(String message) {
		int end = message.indexOf(" (");
		return (end > 0) ? message.substring(0, end) : message;
	}

}
