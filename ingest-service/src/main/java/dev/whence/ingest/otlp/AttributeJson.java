package dev.whence.ingest.otlp;

import java.util.Arrays;

import dev.whence.ingest.intake.RecordLimits;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.jspecify.annotations.Nullable;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.FIXED64;
import static dev.whence.ingest.otlp.WireReader.VARINT;
import static dev.whence.ingest.otlp.WireReader.tag;

/**
 * OpenTelemetry's attributes as JSON. Bytes become base64, numbers that JSON cannot say
 * become their text, an empty value becomes null. Of equal keys the last one counts, as
 * everywhere in JSON. References into string tables belong to profiles and are read as an
 * empty value. What is nested deeper than {@link RecordLimits#OTLP_DEPTH} is the text
 * "…".
 */
final class AttributeJson {

	private static final int KEY = tag(KeyValue.KEY_FIELD_NUMBER, BYTES);

	private static final int VALUE = tag(KeyValue.VALUE_FIELD_NUMBER, BYTES);

	private static final int STRING_VALUE = tag(AnyValue.STRING_VALUE_FIELD_NUMBER, BYTES);

	private static final int BOOL_VALUE = tag(AnyValue.BOOL_VALUE_FIELD_NUMBER, VARINT);

	private static final int INT_VALUE = tag(AnyValue.INT_VALUE_FIELD_NUMBER, VARINT);

	private static final int DOUBLE_VALUE = tag(AnyValue.DOUBLE_VALUE_FIELD_NUMBER, FIXED64);

	private static final int ARRAY_VALUE = tag(AnyValue.ARRAY_VALUE_FIELD_NUMBER, BYTES);

	private static final int KVLIST_VALUE = tag(AnyValue.KVLIST_VALUE_FIELD_NUMBER, BYTES);

	private static final int BYTES_VALUE = tag(AnyValue.BYTES_VALUE_FIELD_NUMBER, BYTES);

	/** Of arrays and of lists of pairs. */
	private static final int ELEMENT = tag(ArrayValue.VALUES_FIELD_NUMBER, BYTES);

	private AttributeJson() {
	}

	/**
	 * Writes the key-value pair whose field was just found as a member, unless it is too
	 * much.
	 */
	static void member(WireReader in, JsonOutput out, Excess excess) {
		member(in, out, excess, 0);
	}

	/** Writes the value whose field was just found, as far as it is not too much. */
	static void value(WireReader in, JsonOutput out, Excess excess) {
		int outer = in.enter();
		value(in, out, excess, 0);
		in.leave(outer);
	}

	/**
	 * The text of the pair whose field is at this position, if it has this key and a
	 * string value; of one that is too long for a name, a beginning that is.
	 */
	static @Nullable String textOf(WireReader in, int position, byte[] key) {
		int resume = in.position();
		in.rewind(position);
		int outer = in.enter();
		String text = null;
		boolean wanted = false;
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == KEY) {
				int length = in.length();
				wanted = length == key.length
						&& Arrays.equals(in.bytes(), in.position(), in.position() + length, key, 0, length);
				in.advance(length);
				if (!wanted) {
					break;
				}
			}
			else if (tag == VALUE) {
				int inner = in.enter();
				text = name(in);
				in.leave(inner);
			}
			else {
				in.skip();
			}
		}
		in.leave(outer);
		in.rewind(resume);
		return wanted ? text : null;
	}

	private static @Nullable String name(WireReader in) {
		String text = null;
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == STRING_VALUE) {
				text = in.name();
			}
			else {
				in.skip();
			}
		}
		return text;
	}

	private static void member(WireReader in, JsonOutput out, Excess excess, int depth) {
		int outer = in.enter();
		int begin = in.position();
		int keyAt = 0;
		int keyLength = 0;
		int valueAt = -1;
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == KEY) {
				keyLength = in.length();
				keyAt = in.position();
				in.advance(keyLength);
			}
			else if (tag == VALUE) {
				valueAt = in.position();
				in.advance(in.length());
			}
			else {
				in.skip();
			}
		}
		if (excess.value() && excess.key(in.bytes(), keyAt, keyLength)) {
			out.name(in.bytes(), (keyAt != 0) ? keyAt : begin, keyLength);
			if (valueAt < 0) {
				out.nothing();
			}
			else {
				in.rewind(valueAt);
				int inner = in.enter();
				value(in, out, excess, depth + 1);
				in.leave(inner);
			}
		}
		in.leave(outer);
	}

	// Of several values in one message the last counts, as protobuf has it.
	private static void value(WireReader in, JsonOutput out, Excess excess, int depth) {
		if (depth > RecordLimits.OTLP_DEPTH) {
			out.string("…");
			excess.cut();
			return;
		}
		int last = 0;
		int at = 0;
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == STRING_VALUE || tag == BOOL_VALUE || tag == INT_VALUE || tag == DOUBLE_VALUE
					|| tag == ARRAY_VALUE || tag == KVLIST_VALUE || tag == BYTES_VALUE) {
				last = tag;
				at = in.position();
			}
			in.skip();
		}
		if (last == 0) {
			out.nothing();
			return;
		}
		in.rewind(at);
		if (last == STRING_VALUE) {
			out.string(in);
		}
		else if (last == BOOL_VALUE) {
			out.bool(in.varint() != 0);
		}
		else if (last == INT_VALUE) {
			out.number(in.varint());
		}
		else if (last == DOUBLE_VALUE) {
			out.number(in.float64());
		}
		else if (last == ARRAY_VALUE) {
			array(in, out, excess, depth);
		}
		else if (last == KVLIST_VALUE) {
			list(in, out, excess, depth);
		}
		else {
			out.base64(in);
		}
	}

	private static void array(WireReader in, JsonOutput out, Excess excess, int depth) {
		int outer = in.enter();
		out.beginArray();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == ELEMENT && excess.value()) {
				int inner = in.enter();
				value(in, out, excess, depth + 1);
				in.leave(inner);
			}
			else {
				in.skip();
			}
		}
		out.endArray();
		in.leave(outer);
	}

	private static void list(WireReader in, JsonOutput out, Excess excess, int depth) {
		int outer = in.enter();
		out.beginObject();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == ELEMENT) {
				member(in, out, excess, depth);
			}
			else {
				in.skip();
			}
		}
		out.endObject();
		in.leave(outer);
	}

}
