package dev.whence.ingest.otlp;

import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.Link;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.FIXED32;
import static dev.whence.ingest.otlp.WireReader.FIXED64;
import static dev.whence.ingest.otlp.WireReader.VARINT;
import static dev.whence.ingest.otlp.WireReader.tag;

/** The events and links of a span as JSON, with the names of the protobuf fields. */
final class SpanParts {

	private static final int EVENT_TIME = tag(Event.TIME_UNIX_NANO_FIELD_NUMBER, FIXED64);

	private static final int EVENT_NAME = tag(Event.NAME_FIELD_NUMBER, BYTES);

	private static final int EVENT_ATTRIBUTE = tag(Event.ATTRIBUTES_FIELD_NUMBER, BYTES);

	private static final int EVENT_DROPPED = tag(Event.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, VARINT);

	private static final int LINK_TRACE_ID = tag(Link.TRACE_ID_FIELD_NUMBER, BYTES);

	private static final int LINK_SPAN_ID = tag(Link.SPAN_ID_FIELD_NUMBER, BYTES);

	private static final int LINK_TRACE_STATE = tag(Link.TRACE_STATE_FIELD_NUMBER, BYTES);

	private static final int LINK_ATTRIBUTE = tag(Link.ATTRIBUTES_FIELD_NUMBER, BYTES);

	private static final int LINK_DROPPED = tag(Link.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, VARINT);

	private static final int LINK_FLAGS = tag(Link.FLAGS_FIELD_NUMBER, FIXED32);

	private SpanParts() {
	}

	/** Writes the event whose field was just found, unless it is too much. */
	static void event(WireReader in, JsonOutput out, Excess excess) {
		if (!excess.value()) {
			in.skip();
			return;
		}
		int outer = in.enter();
		int begin = in.position();
		int dropped = 0;
		out.beginObject();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == EVENT_TIME) {
				out.name("time_unix_nano").unsigned(in.fixed64());
			}
			else if (tag == EVENT_NAME) {
				out.name("name").string(in);
			}
			else if (tag == EVENT_DROPPED) {
				dropped = (int) in.varint();
			}
			else {
				in.skip();
			}
		}
		dropped(dropped, out);
		excess.at("events");
		attributes(in, begin, EVENT_ATTRIBUTE, out, excess);
		out.endObject();
		in.leave(outer);
	}

	/** Writes the link whose field was just found, unless it is too much. */
	static void link(WireReader in, JsonOutput out, Excess excess) {
		if (!excess.value()) {
			in.skip();
			return;
		}
		int outer = in.enter();
		int begin = in.position();
		int dropped = 0;
		out.beginObject();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == LINK_TRACE_ID) {
				out.name("trace_id").hex(in);
			}
			else if (tag == LINK_SPAN_ID) {
				out.name("span_id").hex(in);
			}
			else if (tag == LINK_TRACE_STATE) {
				out.name("trace_state").string(in);
			}
			else if (tag == LINK_DROPPED) {
				dropped = (int) in.varint();
			}
			else if (tag == LINK_FLAGS) {
				out.name("flags").number(Integer.toUnsignedLong(in.fixed32()));
			}
			else {
				in.skip();
			}
		}
		dropped(dropped, out);
		excess.at("links");
		attributes(in, begin, LINK_ATTRIBUTE, out, excess);
		out.endObject();
		in.leave(outer);
	}

	/** Writes the attributes of the current message, which may lie apart in it. */
	static void attributes(WireReader in, int begin, int attribute, JsonOutput out, Excess excess) {
		in.rewind(begin);
		out.name("attributes").beginObject();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == attribute) {
				AttributeJson.member(in, out, excess);
			}
			else {
				in.skip();
			}
		}
		out.endObject();
		// What follows in the record are its own.
		excess.at("attributes");
	}

	private static void dropped(int attributes, JsonOutput out) {
		if (attributes != 0) {
			out.name("dropped_attributes_count").number(Integer.toUnsignedLong(attributes));
		}
	}

}
