package dev.whence.ingest.otlp;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.FIXED32;
import static dev.whence.ingest.otlp.WireReader.FIXED64;
import static dev.whence.ingest.otlp.WireReader.VARINT;
import static dev.whence.ingest.otlp.WireReader.tag;

/** The events and links of a span as JSON, with the names of the protobuf fields. */
final class SpanParts {

	private static final int EVENT_TIME = tag(1, FIXED64);

	private static final int EVENT_NAME = tag(2, BYTES);

	private static final int EVENT_ATTRIBUTE = tag(3, BYTES);

	private static final int EVENT_DROPPED = tag(4, VARINT);

	private static final int LINK_TRACE_ID = tag(1, BYTES);

	private static final int LINK_SPAN_ID = tag(2, BYTES);

	private static final int LINK_TRACE_STATE = tag(3, BYTES);

	private static final int LINK_ATTRIBUTE = tag(4, BYTES);

	private static final int LINK_DROPPED = tag(5, VARINT);

	private static final int LINK_FLAGS = tag(6, FIXED32);

	private SpanParts() {
	}

	static void event(WireReader in, JsonOutput out) {
		int outer = in.enter();
		int begin = in.position();
		out.beginObject();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == EVENT_TIME) {
				out.name("time_unix_nano").number(in.fixed64());
			}
			else if (tag == EVENT_NAME) {
				text(in, out.name("name"));
			}
			else if (tag == EVENT_DROPPED) {
				out.name("dropped_attributes_count").number(in.varint());
			}
			else {
				in.skip();
			}
		}
		attributes(in, begin, EVENT_ATTRIBUTE, out);
		out.endObject();
		in.leave(outer);
	}

	static void link(WireReader in, JsonOutput out) {
		int outer = in.enter();
		int begin = in.position();
		out.beginObject();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == LINK_TRACE_ID) {
				hex(in, out.name("trace_id"));
			}
			else if (tag == LINK_SPAN_ID) {
				hex(in, out.name("span_id"));
			}
			else if (tag == LINK_TRACE_STATE) {
				text(in, out.name("trace_state"));
			}
			else if (tag == LINK_DROPPED) {
				out.name("dropped_attributes_count").number(in.varint());
			}
			else if (tag == LINK_FLAGS) {
				out.name("flags").number(Integer.toUnsignedLong(in.fixed32()));
			}
			else {
				in.skip();
			}
		}
		attributes(in, begin, LINK_ATTRIBUTE, out);
		out.endObject();
		in.leave(outer);
	}

	/** Writes the attributes of the current message, which may lie apart in it. */
	static void attributes(WireReader in, int begin, int attribute, JsonOutput out) {
		in.rewind(begin);
		out.name("attributes").beginObject();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == attribute) {
				AttributeJson.member(in, out);
			}
			else {
				in.skip();
			}
		}
		out.endObject();
	}

	private static void text(WireReader in, JsonOutput out) {
		int length = in.length();
		out.string(in.bytes(), in.position(), length);
		in.advance(length);
	}

	private static void hex(WireReader in, JsonOutput out) {
		int length = in.length();
		out.hex(in.bytes(), in.position(), length);
		in.advance(length);
	}

}
