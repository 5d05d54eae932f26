package dev.whence.ingest.otlp;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.whence.ingest.intake.TextSanitizer;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;

/**
 * Translates OTLP's JSON into the protobuf message it stands for, so that both encodings
 * are decoded by the same code and a record has the same identity in both. OTLP's mapping
 * is stricter than protobuf's own and differs from it: ids are hexadecimal, enums are
 * numbers, names are lowerCamelCase only, and unknown names are ignored (OTLP
 * specification, "JSON Protobuf Encoding").
 */
final class OtlpJson {

	private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");

	private final TextSanitizer texts = new TextSanitizer();

	/** How many texts held something that cannot be stored. */
	int sanitized() {
		return this.texts.replaced();
	}

	/**
	 * @throws ProblemException 400 naming the place when a value has the wrong type
	 */
	<B extends Message.Builder> B translate(JsonNode object, B into) {
		fill(object, into, "");
		return into;
	}

	private void fill(JsonNode object, Message.Builder into, String path) {
		if (!object.isObject()) {
			throw wrong(path, "an object");
		}
		Descriptor type = into.getDescriptorForType();
		for (Map.Entry<String, JsonNode> member : object.properties()) {
			FieldDescriptor field = field(type, member.getKey());
			JsonNode value = member.getValue();
			if (field != null && !value.isNull()) {
				put(field, value, into, path + "/" + member.getKey());
			}
		}
	}

	private static @Nullable FieldDescriptor field(Descriptor type, String jsonName) {
		for (FieldDescriptor field : type.getFields()) {
			if (field.getJsonName().equals(jsonName)) {
				return field;
			}
		}
		return null;
	}

	private void put(FieldDescriptor field, JsonNode value, Message.Builder into, String path) {
		if (!field.isRepeated()) {
			into.setField(field, convert(field, value, into, path));
			return;
		}
		if (!value.isArray()) {
			throw wrong(path, "an array");
		}
		int index = 0;
		for (JsonNode element : value) {
			into.addRepeatedField(field, convert(field, element, into, path + "/" + index++));
		}
	}

	private Object convert(FieldDescriptor field, JsonNode value, Message.Builder into, String path) {
		return switch (field.getJavaType()) {
			case MESSAGE -> {
				Message.Builder message = into.newBuilderForField(field);
				fill(value, message, path);
				yield message.build();
			}
			case STRING -> {
				if (!value.isString()) {
					throw wrong(path, "a string");
				}
				yield this.texts.clean(value.stringValue());
			}
			case BOOLEAN -> {
				if (!value.isBoolean()) {
					throw wrong(path, "true or false");
				}
				yield value.booleanValue();
			}
			case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown((int) integer(value, path));
			case INT -> (int) integer(value, path);
			case LONG -> integer(value, path);
			case DOUBLE -> number(value, path);
			case FLOAT -> (float) number(value, path);
			case BYTE_STRING -> bytes(field, value, path);
		};
	}

	/** A decimal string or a number; unsigned ones keep their 64 bits. */
	private static long integer(JsonNode value, String path) {
		try {
			BigDecimal number = value.isNumber() ? value.decimalValue()
					: value.isString() ? new BigDecimal(value.stringValue()) : null;
			if (number != null && number.precision() - number.scale() <= 20) {
				var whole = number.toBigIntegerExact();
				if (whole.bitLength() <= 64) {
					return whole.longValue();
				}
			}
		}
		catch (ArithmeticException _) {
			// Not whole.
		}
		catch (NumberFormatException _) {
			// No number.
		}
		throw wrong(path, "an integer of 64 bits");
	}

	private static double number(JsonNode value, String path) {
		if (value.isNumber()) {
			return value.doubleValue();
		}
		if (value.isString()) {
			try {
				return Double.parseDouble(value.stringValue());
			}
			catch (NumberFormatException _) {
				// Told below.
			}
		}
		throw wrong(path, "a number");
	}

	/**
	 * An id that is not hexadecimal becomes an empty one: only its own record is wrong,
	 * and the decoder says so.
	 */
	private static ByteString bytes(FieldDescriptor field, JsonNode value, String path) {
		if (!value.isString()) {
			throw wrong(path, "a string");
		}
		String text = value.stringValue();
		try {
			if (IDS.contains(field.getJsonName())) {
				return ByteString.copyFrom(HexFormat.of().parseHex(text));
			}
			byte[] ascii = text.replace('-', '+').replace('_', '/').getBytes(StandardCharsets.US_ASCII);
			return ByteString.copyFrom(Base64.getDecoder().decode(ascii));
		}
		catch (IllegalArgumentException _) {
			if (IDS.contains(field.getJsonName())) {
				return ByteString.EMPTY;
			}
			throw wrong(path, "base64");
		}
	}

	private static ProblemException wrong(String path, String expected) {
		return new ProblemException(ProblemCode.MALFORMED_BODY,
				(path.isEmpty() ? "the body" : path) + " must be " + expected);
	}

}
