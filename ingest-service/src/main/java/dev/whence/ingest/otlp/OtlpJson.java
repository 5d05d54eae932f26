package dev.whence.ingest.otlp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.whence.ingest.intake.RecordLimits;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.ingest.intake.TextSanitizer;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Translates OTLP's JSON into the protobuf message it stands for, token by token, so that
 * both encodings are decoded by the same code. The bytes are those that protobuf itself
 * would write, fields in the order of their numbers, so that a record has the same
 * identity in both encodings unless its sender orders fields in its own way. OTLP's
 * mapping is stricter than protobuf's own and differs from it: ids are hexadecimal, enums
 * are numbers, names are lowerCamelCase only, and unknown names are ignored (OTLP
 * specification, "JSON Protobuf Encoding"). Of equal names in one object the last counts.
 */
final class OtlpJson {

	/** Characters of a number. */
	static final int MOST_NUMBER = 1000;

	/** What is refused alone when a value in it is wrong. */
	private static final Set<Descriptor> ALONE = Set.of(Span.getDescriptor(), LogRecord.getDescriptor(),
			Metric.getDescriptor(), NumberDataPoint.getDescriptor(), HistogramDataPoint.getDescriptor(),
			ExponentialHistogramDataPoint.getDescriptor(), SummaryDataPoint.getDescriptor(), Resource.getDescriptor(),
			InstrumentationScope.getDescriptor());

	private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");

	/** Characters of a number, and places of its point, beyond which it is no integer. */
	private static final int MOST_DIGITS = 64;

	/** As JSON writes numbers, and what protobuf writes where JSON has none. */
	private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?|-?Infinity|NaN");

	/**
	 * Where values are nested so deep, the decoder has stopped to read; see
	 * {@link RecordLimits#OTLP_DEPTH}.
	 */
	private static final int DEEPEST = RecordLimits.OTLP_DEPTH + 2;

	/** Characters of a place that are told. */
	private static final int SHOWN = 500;

	/** Characters from which on a text is counted while it is passed on. */
	private static final int LONG_TEXT = 64 * 1024;

	/** A text is a string, cleaned, and bytes; of up to two, two and three bytes each. */
	private static final int COPIES = 6;

	private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

	private final JsonParser parser;

	private final RequestLimits limits;

	private final WireOutput out;

	private final TextSanitizer texts = new TextSanitizer();

	private final Misnamed misnamed = new Misnamed();

	// Of the messages that are open, innermost last: each field's number, where it begins
	// and where it ends.
	private int[] written = new int[96];

	private int top;

	private int depth;

	OtlpJson(JsonParser parser, RequestLimits limits) {
		this.parser = parser;
		this.limits = limits;
		this.out = new WireOutput(limits);
	}

	/** How many texts held something that cannot be stored. */
	int sanitized() {
		return this.texts.replaced();
	}

	/** What was ignored although it was surely meant, for people; null for nothing. */
	@Nullable String misnamed() {
		return this.misnamed.finding();
	}

	/**
	 * @throws ProblemException 400 naming the place when a value has the wrong type that
	 * belongs to no record
	 */
	WireReader translate(Descriptor type) {
		this.parser.nextToken();
		try {
			message(type);
		}
		catch (WrongValueException ex) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, String.valueOf(ex.getMessage()));
		}
		if (this.parser.nextToken() != null) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "Something follows the JSON object");
		}
		return this.out.reader();
	}

	private void message(Descriptor type) {
		require(JsonToken.START_OBJECT, "an object");
		int begin = this.out.size();
		int base = this.top;
		boolean ordered = true;
		Map<String, FieldDescriptor> fields = FIELDS.computeIfAbsent(type, OtlpJson::byJsonName);
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			FieldDescriptor field = fields.get(name);
			JsonToken value = this.parser.nextToken();
			if (field == null) {
				this.misnamed.look(fields.keySet(), name, value);
				this.parser.skipChildren();
			}
			else if (value != JsonToken.VALUE_NULL) {
				int at = this.out.size();
				put(field);
				ordered &= note(type, base, field, at);
			}
		}
		if (!ordered) {
			sort(base);
			this.out.arrange(begin, this.written, base, this.top);
		}
		this.top = base;
	}

	/**
	 * A message within another; values, which alone may hold each other, not for ever.
	 */
	private void nested(Descriptor type) {
		if (ALONE.contains(type)) {
			alone(type);
			return;
		}
		if (type != AnyValue.getDescriptor()) {
			message(type);
			return;
		}
		this.depth++;
		if (this.depth <= DEEPEST) {
			message(type);
		}
		else {
			require(JsonToken.START_OBJECT, "an object");
			this.parser.skipChildren();
		}
		this.depth--;
	}

	/**
	 * A message whose mistakes are its own: of one that has any, nothing is passed on but
	 * what the mistake is.
	 */
	private void alone(Descriptor type) {
		int begin = this.out.size();
		int base = this.top;
		int outerDepth = this.depth;
		int outside = this.parser.streamReadContext().getNestingDepth()
				- (this.parser.currentToken().isStructStart() ? 1 : 0);
		try {
			message(type);
		}
		catch (WrongValueException ex) {
			while (this.parser.streamReadContext().getNestingDepth() > outside) {
				this.parser.nextToken();
			}
			this.top = base;
			this.depth = outerDepth;
			this.out.truncate(begin);
			this.out.tag(WireReader.FAULT, WireReader.BYTES);
			this.out.bytes(String.valueOf(ex.getMessage()).getBytes(StandardCharsets.UTF_8));
		}
	}

	private static Map<String, FieldDescriptor> byJsonName(Descriptor type) {
		return type.getFields()
			.stream()
			.collect(Collectors.toUnmodifiableMap(FieldDescriptor::getJsonName, Function.identity()));
	}

	/** Notes where a field stands; false when it does not belong behind all others. */
	private boolean note(Descriptor type, int base, FieldDescriptor field, int at) {
		for (int i = base; i < this.top; i += 3) {
			if (this.written[i] == field.getNumber() || isAlternative(type, this.written[i], field)) {
				put(i, field.getNumber(), at);
				return false;
			}
		}
		if (this.written.length - this.top < 3) {
			this.written = Arrays.copyOf(this.written, 2 * this.written.length);
		}
		put(this.top, field.getNumber(), at);
		this.top += 3;
		return this.top - base == 3 || this.written[this.top - 6] < field.getNumber();
	}

	private static boolean isAlternative(Descriptor type, int number, FieldDescriptor field) {
		OneofDescriptor choice = field.getRealContainingOneof();
		return choice != null && type.findFieldByNumber(number).getRealContainingOneof() == choice;
	}

	private void put(int i, int number, int at) {
		this.written[i] = number;
		this.written[i + 1] = at;
		this.written[i + 2] = this.out.size();
	}

	// By insertion: a message has a dozen fields.
	private void sort(int base) {
		for (int i = base + 3; i < this.top; i += 3) {
			for (int k = i; k > base && this.written[k - 3] > this.written[k]; k -= 3) {
				for (int part = 0; part < 3; part++) {
					int other = this.written[k + part];
					this.written[k + part] = this.written[k - 3 + part];
					this.written[k - 3 + part] = other;
				}
			}
		}
	}

	private void put(FieldDescriptor field) {
		if (!field.isRepeated()) {
			put(field, false);
			return;
		}
		require(JsonToken.START_ARRAY, "an array");
		if (!field.isPacked()) {
			while (this.parser.nextToken() != JsonToken.END_ARRAY) {
				put(field, true);
			}
			return;
		}
		int before = this.out.size();
		this.out.tag(field.getNumber(), WireReader.BYTES);
		int content = this.out.begin();
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			scalar(field);
		}
		if (this.out.size() > content) {
			this.out.end(content);
		}
		else {
			this.out.truncate(before);
		}
	}

	/**
	 * @param always whether it is told even when it has its default value
	 */
	private void put(FieldDescriptor field, boolean always) {
		int before = this.out.size();
		int wireType = field.getLiteType().getWireType();
		this.out.tag(field.getNumber(), wireType);
		int content = this.out.size();
		if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
			content = this.out.begin();
			nested(field.getMessageType());
			this.out.end(content);
		}
		else if (!scalar(field) && !always && !field.hasPresence()) {
			this.out.truncate(before);
		}
	}

	/** Writes a value; false when it is the default one. */
	private boolean scalar(FieldDescriptor field) {
		return switch (field.getType()) {
			case STRING -> bytes(text());
			case BYTES -> bytes(IDS.contains(field.getJsonName()) ? id() : base64());
			case BOOL -> varint(bool() ? 1 : 0);
			case ENUM, INT32 -> varint(integer(Integer.SIZE, true));
			case UINT32 -> varint(integer(Integer.SIZE, false));
			case INT64 -> varint(integer(Long.SIZE, true));
			case UINT64 -> varint(integer(Long.SIZE, false));
			case SINT32 -> {
				int number = (int) integer(Integer.SIZE, true);
				yield varint(Integer.toUnsignedLong(number << 1 ^ number >> 31));
			}
			case FIXED32 -> fixed32((int) integer(Integer.SIZE, false));
			case SFIXED32 -> fixed32((int) integer(Integer.SIZE, true));
			case FIXED64 -> fixed64(integer(Long.SIZE, false));
			case SFIXED64 -> fixed64(integer(Long.SIZE, true));
			case DOUBLE -> fixed64(Double.doubleToRawLongBits(number()));
			// None of OTLP's messages has one.
			default -> throw new IllegalStateException("cannot write " + field.getFullName());
		};
	}

	private boolean bytes(byte[] value) {
		this.out.bytes(value);
		return value.length > 0;
	}

	private boolean varint(long value) {
		this.out.varint(value);
		return value != 0;
	}

	private boolean fixed32(int value) {
		this.out.fixed32(value);
		return value != 0;
	}

	private boolean fixed64(long value) {
		this.out.fixed64(value);
		return value != 0;
	}

	private byte[] text() {
		require(JsonToken.VALUE_STRING, "a string");
		int length = this.parser.getStringLength();
		if (length < LONG_TEXT) {
			return this.texts.clean(this.parser.getString()).getBytes(StandardCharsets.UTF_8);
		}
		this.limits.hold((long) COPIES * length);
		byte[] text = this.texts.clean(this.parser.getString()).getBytes(StandardCharsets.UTF_8);
		this.limits.release((long) COPIES * length);
		return text;
	}

	private boolean bool() {
		if (!this.parser.currentToken().isBoolean()) {
			throw wrong("true or false");
		}
		return this.parser.getBooleanValue();
	}

	/** A number or its text; one without a sign keeps all of its bits. */
	private long integer(int bits, boolean signed) {
		if (this.parser.currentToken() == JsonToken.VALUE_NUMBER_INT
				&& this.parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
			long value = this.parser.getLongValue();
			if (signed ? value >> (bits - 1) == value >> 63 : bits == Long.SIZE ? value >= 0 : value >>> bits == 0) {
				return value;
			}
		}
		else {
			BigInteger whole = whole();
			if (whole != null && (signed || whole.signum() >= 0) && whole.bitLength() <= (signed ? bits - 1 : bits)) {
				return whole.longValue();
			}
		}
		throw wrong("an integer of " + bits + " bits" + (signed ? "" : " without a sign"));
	}

	/** Integers may be written as 1.0 or 1e3; null when it is none. */
	private @Nullable BigInteger whole() {
		String text = numeral();
		if (text == null || text.length() > MOST_DIGITS) {
			return null;
		}
		try {
			BigDecimal number = new BigDecimal(text);
			// Of a number such as 1e-600000000 only the text is short.
			return (Math.abs((long) number.scale()) <= MOST_DIGITS) ? number.toBigIntegerExact() : null;
		}
		catch (ArithmeticException | NumberFormatException _) {
			// Not whole, not finite, or the exponent is beyond all bounds.
			return null;
		}
	}

	private double number() {
		String text = numeral();
		if (text == null) {
			throw wrong("a number");
		}
		return Double.parseDouble(text);
	}

	/** The text of a number, quoted or not; null when it is none. */
	private @Nullable String numeral() {
		if (this.parser.currentToken().isNumeric()) {
			return this.parser.getString();
		}
		if (this.parser.currentToken() == JsonToken.VALUE_STRING && this.parser.getStringLength() <= MOST_NUMBER) {
			String text = this.parser.getString();
			return NUMBER.matcher(text).matches() ? text : null;
		}
		return null;
	}

	/**
	 * An id that is not hexadecimal becomes an empty one: only its own record is wrong,
	 * and the decoder says so.
	 */
	private byte[] id() {
		require(JsonToken.VALUE_STRING, "a string");
		try {
			return HexFormat.of().parseHex(this.parser.getString());
		}
		catch (IllegalArgumentException _) {
			return new byte[0];
		}
	}

	private byte[] base64() {
		byte[] text = text();
		try {
			for (int i = 0; i < text.length; i++) {
				text[i] = (byte) ((text[i] == '-') ? '+' : (text[i] == '_') ? '/' : text[i]);
			}
			return Base64.getDecoder().decode(text);
		}
		catch (IllegalArgumentException _) {
			throw wrong("base64");
		}
	}

	private void require(JsonToken token, String expected) {
		if (this.parser.currentToken() != token) {
			throw wrong(expected);
		}
	}

	private WrongValueException wrong(String expected) {
		String path = this.parser.streamReadContext().pathAsPointer().toString();
		String place = path.isEmpty() ? "the body" : path;
		return new WrongValueException(
				((place.length() > SHOWN) ? place.substring(0, SHOWN) + "…" : place) + " must be " + expected);
	}

	/** A value that its field cannot have. */
	private static final class WrongValueException extends RuntimeException {

		WrongValueException(String message) {
			// There may be one for each record.
			super(message, null, false, false);
		}

	}

}
