package dev.whence.ingest.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.ingest.intake.RecordLimits;
import dev.whence.ingest.intake.RequestLimits;
import dev.whence.model.ProblemCode;
import dev.whence.store.form.EncodedJson;
import dev.whence.store.rejected.RejectionReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one object from a parser, within limits. What is beyond them refuses this object
 * alone: the parser then stands at its end, so that its neighbours can be read.
 * <p>
 * Numbers: integers of 64 bits and finite doubles keep their value; larger integers and
 * longer fractions become the nearest double, which is zero for what is too small; what
 * is too large for a double is refused.
 */
final class JsonObjectReader {

	/** Of a number that is as cheap to read as any other. */
	private static final int LONGEST_NUMBER = 100;

	private final JsonParser parser;

	private final int mostValues;

	private final RequestLimits limits;

	/** Where the object stands in the document, which its pointers leave out. */
	private final int prefix;

	private int values;

	/** Whether each number reads as it was written. */
	private boolean exact = true;

	private @Nullable Refusal refusal;

	private @Nullable String keptMember;

	private byte[] text = {};

	/**
	 * @param mostValues how many values the object may have, nested ones included
	 */
	JsonObjectReader(JsonParser parser, int mostValues, RequestLimits limits) {
		this.parser = parser;
		this.mostValues = mostValues;
		this.limits = limits;
		this.prefix = parser.streamReadContext().getParent().pathAsPointer().toString().length();
	}

	/**
	 * The same, where a member that is an object keeps its text beside what it says: an
	 * {@link EncodedJson}, unless it has a number that had to be rounded. The parser must
	 * stand at the beginning of an object.
	 * @param text what the parser reads
	 */
	JsonItem read(String member, byte[] text) {
		this.keptMember = member;
		this.text = text;
		return read();
	}

	/** The parser must stand at the beginning of an object. */
	JsonItem read() {
		int outside = this.parser.streamReadContext().getNestingDepth() - 1;
		Map<String, @Nullable Object> fields = object(1);
		while (this.parser.streamReadContext().getNestingDepth() > outside) {
			this.parser.nextToken();
		}
		return (this.refusal != null) ? this.refusal : new JsonItem.Parsed(fields);
	}

	private Map<String, @Nullable Object> object(int depth) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		for (String name = this.parser.nextName(); name != null; name = this.parser.nextName()) {
			if (name.length() > RecordLimits.KEY_LENGTH) {
				refuse(ProblemCode.INVALID_FIELD, RejectionReason.LIMIT,
						"is a key of " + name.length() + " characters, it may have " + RecordLimits.KEY_LENGTH);
				return fields;
			}
			this.parser.nextToken();
			int before = fields.size();
			if (before == 0) {
				this.limits.hold(RequestLimits.VALUE);
			}
			fields.put(name, (depth == 1 && name.equals(this.keptMember)) ? kept() : value(depth));
			if (fields.size() == before && this.refusal == null) {
				// Which of two values was meant cannot be known.
				refuse(ProblemCode.MALFORMED_BODY, RejectionReason.MALFORMED, "occurs twice");
			}
			if (this.refusal != null) {
				return fields;
			}
		}
		return fields;
	}

	private @Nullable Object kept() {
		if (this.parser.currentToken() != JsonToken.START_OBJECT) {
			return value(1);
		}
		this.values++;
		int from = (int) this.parser.currentTokenLocation().getByteOffset();
		Map<String, @Nullable Object> said = object(2);
		if (this.refusal != null || !this.exact) {
			return said;
		}
		int to = (int) this.parser.currentLocation().getByteOffset();
		this.limits.addBytes(to - from);
		return new EncodedJson(Arrays.copyOfRange(this.text, from, to), said);
	}

	private List<@Nullable Object> list(int depth) {
		List<@Nullable Object> list = new ArrayList<>();
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			list.add(value(depth));
			if (this.refusal != null) {
				return list;
			}
		}
		return list;
	}

	private @Nullable Object value(int depth) {
		if (++this.values > this.mostValues) {
			refuse(ProblemCode.BODY_TOO_LARGE, RejectionReason.LIMIT,
					"is one value too many, a record may have " + this.mostValues);
			return null;
		}
		this.limits.hold(RequestLimits.VALUE);
		return switch (this.parser.currentToken()) {
			case START_OBJECT -> mayDescend(depth) ? object(depth + 1) : null;
			case START_ARRAY -> mayDescend(depth) ? list(depth + 1) : null;
			case VALUE_STRING -> text();
			case VALUE_NUMBER_INT -> integer();
			case VALUE_NUMBER_FLOAT -> fraction();
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			default -> null;
		};
	}

	private boolean mayDescend(int depth) {
		if (depth >= RecordLimits.DEPTH) {
			refuse(ProblemCode.MALFORMED_BODY, RejectionReason.LIMIT,
					"is nested deeper than the " + RecordLimits.DEPTH + " levels that are read");
			return false;
		}
		return true;
	}

	private @Nullable String text() {
		int length = this.parser.getStringLength();
		if (length > RecordLimits.TEXT_LENGTH) {
			refuse(ProblemCode.INVALID_FIELD, RejectionReason.LIMIT,
					"may have " + RecordLimits.TEXT_LENGTH + " characters, this one has " + length);
			return null;
		}
		// As it was read, and as it will be written.
		this.limits.addBytes(length);
		return this.parser.getString();
	}

	private @Nullable Object integer() {
		return switch (this.parser.getNumberType()) {
			case INT -> this.parser.getIntValue();
			case LONG -> this.parser.getLongValue();
			// Never as a BigInteger: its digits take quadratic time.
			default -> {
				this.exact = false;
				yield finite(Double.parseDouble(this.parser.getString()));
			}
		};
	}

	private @Nullable Double fraction() {
		// Whoever reads the text again must not have to read endless digits.
		this.exact &= this.parser.getStringLength() <= LONGEST_NUMBER;
		return finite(this.parser.getDoubleValue());
	}

	private @Nullable Double finite(double number) {
		if (!Double.isFinite(number)) {
			refuse(ProblemCode.INVALID_FIELD, RejectionReason.INVALID_FIELD,
					Double.isNaN(number) ? "is no number" : "is a number out of range, the largest is about 1.8e308");
			return null;
		}
		return number;
	}

	private void refuse(ProblemCode code, RejectionReason reason, String message) {
		String pointer = this.parser.streamReadContext().pathAsPointer().toString().substring(this.prefix);
		this.refusal = Refusal.of(code, reason, cut(pointer), message);
	}

	private static String cut(String pointer) {
		return (pointer.length() > RecordLimits.KEY_LENGTH) ? pointer.substring(0, RecordLimits.KEY_LENGTH) + "…"
				: pointer;
	}

}
