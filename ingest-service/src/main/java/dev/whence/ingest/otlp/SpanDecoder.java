package dev.whence.ingest.otlp;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.whence.ingest.intake.ContentId;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.EncodedJson;
import dev.whence.store.RejectionReason;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.FIXED32;
import static dev.whence.ingest.otlp.WireReader.FIXED64;
import static dev.whence.ingest.otlp.WireReader.VARINT;
import static dev.whence.ingest.otlp.WireReader.tag;

/**
 * Reads the spans of {@code ExportTraceServiceRequest}, one after the other; not for use
 * by two threads.
 */
final class SpanDecoder implements EnvelopeWalk.RecordReader {

	private static final byte[] KIND = { 's' };

	private static final int TRACE_ID = tag(1, BYTES);

	private static final int SPAN_ID = tag(2, BYTES);

	private static final int TRACE_STATE = tag(3, BYTES);

	private static final int PARENT_SPAN_ID = tag(4, BYTES);

	private static final int NAME = tag(5, BYTES);

	private static final int SPAN_KIND = tag(6, VARINT);

	private static final int START_TIME = tag(7, FIXED64);

	private static final int END_TIME = tag(8, FIXED64);

	private static final int ATTRIBUTE = tag(9, BYTES);

	private static final int DROPPED_ATTRIBUTES = tag(10, VARINT);

	private static final int EVENT = tag(11, BYTES);

	private static final int DROPPED_EVENTS = tag(12, VARINT);

	private static final int LINK = tag(13, BYTES);

	private static final int DROPPED_LINKS = tag(14, VARINT);

	private static final int STATUS = tag(15, BYTES);

	private static final int FLAGS = tag(16, FIXED32);

	private static final int STATUS_MESSAGE = tag(2, BYTES);

	private static final int STATUS_CODE = tag(3, VARINT);

	private final RecordOutput out = new RecordOutput();

	private final JsonOutput events = new JsonOutput();

	private final JsonOutput links = new JsonOutput();

	@Override
	public void read(WireReader in, Origin origin, Decoded decoded) {
		decoded.count();
		int outer = in.enter();
		int from = in.position();
		int length = in.limit() - from;
		if (this.out.begin(origin, length, decoded)) {
			read(in, origin, decoded, from, length);
		}
		in.leave(outer);
	}

	private void read(WireReader in, Origin origin, Decoded decoded, int from, int length) {
		TraceId trace = null;
		String span = null;
		String parent = null;
		String name = "";
		SpanKind kind = SpanKind.UNSPECIFIED;
		Instant start = null;
		Instant end = null;
		Status status = Status.UNSET;
		this.events.reset();
		this.events.beginArray();
		this.links.reset();
		this.links.beginArray();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			switch (tag >>> 3) {
				case 1 -> trace = is(tag, TRACE_ID, in) ? Ids.trace(in) : trace;
				case 2 -> span = is(tag, SPAN_ID, in) ? Ids.span(in) : span;
				case 4 -> parent = is(tag, PARENT_SPAN_ID, in) ? Ids.span(in) : parent;
				case 5 -> name = is(tag, NAME, in) ? text(in) : name;
				case 6 -> kind = is(tag, SPAN_KIND, in) ? kind(in.varint()) : kind;
				case 7 -> start = is(tag, START_TIME, in) ? Ids.time(in.fixed64()) : start;
				case 8 -> end = is(tag, END_TIME, in) ? Ids.time(in.fixed64()) : end;
				case 15 -> status = is(tag, STATUS, in) ? status(in) : status;
				default -> detail(tag, in);
			}
		}
		putArrays();
		if (!this.out.complete(origin, name, decoded)) {
			return;
		}
		start = (start != null) ? start : end;
		if (trace == null) {
			decoded.reject(RejectionReason.INVALID_FIELD, "a span's trace_id must be 16 bytes, not all zero", origin,
					name);
		}
		else if (span == null) {
			decoded.reject(RejectionReason.INVALID_FIELD, "a span's span_id must be 8 bytes, not all zero", origin,
					name);
		}
		else if (start == null) {
			decoded.reject(RejectionReason.INVALID_FIELD, "a span must have a start_time_unix_nano", origin, name);
		}
		else {
			ContentId content = decoded.identify(origin, KIND, in.bytes(), from, length);
			Duration duration = (end != null && end.isAfter(start)) ? Duration.between(start, end) : Duration.ZERO;
			decoded.accept(new Span(content.id(), trace, span, parent, origin.serviceName(), name, kind, start,
					duration, status.code(), status.message(), new EncodedJson(this.out.attributes()),
					origin.resource(), new EncodedJson(this.out.detailsJson())), content,
					this.out.size() + name.length());
		}
	}

	private void detail(int tag, WireReader in) {
		if (tag == ATTRIBUTE) {
			this.out.attribute(in);
		}
		else if (tag == EVENT) {
			SpanParts.event(in, this.events);
		}
		else if (tag == LINK) {
			SpanParts.link(in, this.links);
		}
		else if (tag == TRACE_STATE) {
			this.out.text("trace_state", in);
		}
		else if (tag == FLAGS) {
			this.out.count("flags", in.fixed32());
		}
		else if (tag == DROPPED_ATTRIBUTES) {
			this.out.count("dropped_attributes_count", (int) in.varint());
		}
		else if (tag == DROPPED_EVENTS) {
			this.out.count("dropped_events_count", (int) in.varint());
		}
		else if (tag == DROPPED_LINKS) {
			this.out.count("dropped_links_count", (int) in.varint());
		}
		else {
			in.skip();
		}
	}

	private void putArrays() {
		if (this.events.size() > 1) {
			this.out.details().name("events").raw(this.events.endArray());
		}
		if (this.links.size() > 1) {
			this.out.details().name("links").raw(this.links.endArray());
		}
	}

	/** Whether the field has the wire type it should have; if not, skips it. */
	private static boolean is(int tag, int expected, WireReader in) {
		if (tag == expected) {
			return true;
		}
		in.skip();
		return false;
	}

	private static Status status(WireReader in) {
		String message = null;
		long code = 0;
		int outer = in.enter();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == STATUS_MESSAGE) {
				String text = text(in);
				message = text.isEmpty() ? null : text;
			}
			else if (tag == STATUS_CODE) {
				code = in.varint();
			}
			else {
				in.skip();
			}
		}
		in.leave(outer);
		return new Status((code == 1) ? "OK" : (code == 2) ? "ERROR" : "UNSET", message);
	}

	private static SpanKind kind(long number) {
		return (number >= 0 && number < SpanKind.values().length) ? SpanKind.values()[(int) number]
				: SpanKind.UNSPECIFIED;
	}

	private static String text(WireReader in) {
		int length = in.length();
		String text = Utf8.text(in.bytes(), in.position(), length);
		in.advance(length);
		return text;
	}

	private record Status(String code, @Nullable String message) {

		static final Status UNSET = new Status("UNSET", null);

	}

}
