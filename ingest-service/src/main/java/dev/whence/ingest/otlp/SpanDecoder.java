package dev.whence.ingest.otlp;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.whence.ingest.intake.ContentId;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.form.EncodedJson;
import dev.whence.store.rejected.RejectionReason;

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

	// Of the span that is being read.
	private int flags;

	private int droppedAttributes;

	private int droppedEvents;

	private int droppedLinks;

	@Override
	public void read(WireReader in, Origin origin, Decoded decoded) {
		decoded.count(origin);
		int outer = in.enter();
		int from = in.position();
		int length = in.limit() - from;
		if (this.out.begin(origin, length, decoded)) {
			read(in, origin, decoded, from, length);
		}
		in.leave(outer);
	}

	private void read(WireReader in, Origin origin, Decoded decoded, int begin, int length) {
		TraceId trace = null;
		String span = null;
		String parent = null;
		String name = "";
		SpanKind kind = SpanKind.UNSPECIFIED;
		long start = 0;
		long end = 0;
		Status status = Status.UNSET;
		this.flags = 0;
		this.droppedAttributes = 0;
		this.droppedEvents = 0;
		this.droppedLinks = 0;
		this.events.reset();
		this.events.beginArray();
		this.links.reset();
		this.links.beginArray();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			switch (tag >>> 3) {
				case 1 -> trace = is(tag, TRACE_ID, in) ? Ids.trace(in) : trace;
				case 2 -> span = is(tag, SPAN_ID, in) ? Ids.span(in) : span;
				case 4 -> parent = is(tag, PARENT_SPAN_ID, in) ? Ids.span(in) : parent;
				case 5 -> name = is(tag, NAME, in) ? in.name() : name;
				case 6 -> kind = is(tag, SPAN_KIND, in) ? kind(in.varint()) : kind;
				case 7 -> start = is(tag, START_TIME, in) ? in.fixed64() : start;
				case 8 -> end = is(tag, END_TIME, in) ? in.fixed64() : end;
				case 15 -> status = is(tag, STATUS, in) ? status(in) : status;
				default -> detail(tag, in);
			}
		}
		putDetails();
		this.out.excess().name("name", name);
		if (!this.out.complete(origin, name, decoded)) {
			return;
		}
		Instant from = Ids.time((start != 0) ? start : end);
		Instant to = Ids.time(end);
		if (trace == null) {
			decoded.reject(RejectionReason.INVALID_FIELD, "a span's trace_id must be 16 bytes, not all zero", origin,
					name);
		}
		else if (span == null) {
			decoded.reject(RejectionReason.INVALID_FIELD, "a span's span_id must be 8 bytes, not all zero", origin,
					name);
		}
		else if (Ids.isBeyond(start) || Ids.isBeyond(end)) {
			decoded.reject(RejectionReason.INVALID_FIELD,
					(Ids.isBeyond(start) ? "start" : "end") + "_time_unix_nano is after the year 2262", origin, name);
		}
		else if (from == null) {
			decoded.reject(RejectionReason.INVALID_FIELD, "a span must have a start_time_unix_nano", origin, name);
		}
		else {
			ContentId content = decoded.identify(origin, KIND, in.bytes(), begin, length);
			Duration duration = (to != null && to.isAfter(from)) ? Duration.between(from, to) : Duration.ZERO;
			decoded.accept(
					new Span(content.id(), trace, span, parent, origin.serviceName(), name, kind, from, duration,
							status.code(), status.message(), new EncodedJson(this.out.attributes()), origin.resource(),
							new EncodedJson(this.out.detailsJson())),
					content, this.out.size() + name.length() + status.size(),
					// Triage looks into those that failed.
					status.code().equals("ERROR") ? this.out.excess().values() : 0);
		}
	}

	private void detail(int tag, WireReader in) {
		if (tag == ATTRIBUTE) {
			this.out.attribute(in);
		}
		else if (tag == EVENT) {
			SpanParts.event(in, this.events, this.out.excess());
		}
		else if (tag == LINK) {
			SpanParts.link(in, this.links, this.out.excess());
		}
		else if (tag == TRACE_STATE) {
			this.out.text("trace_state", in);
		}
		else if (tag == FLAGS) {
			this.flags = in.fixed32();
		}
		else if (tag == DROPPED_ATTRIBUTES) {
			this.droppedAttributes = (int) in.varint();
		}
		else if (tag == DROPPED_EVENTS) {
			this.droppedEvents = (int) in.varint();
		}
		else if (tag == DROPPED_LINKS) {
			this.droppedLinks = (int) in.varint();
		}
		else {
			in.skip();
		}
	}

	private void putDetails() {
		this.out.count("flags", this.flags);
		this.out.count("dropped_attributes_count", this.droppedAttributes);
		this.out.count("dropped_events_count", this.droppedEvents);
		this.out.count("dropped_links_count", this.droppedLinks);
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
				String text = in.text();
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
		// Kinds that OpenTelemetry adds later are none that we know.
		return (number >= 0 && number <= SpanKind.CONSUMER.code()) ? SpanKind.ofCode((int) number)
				: SpanKind.UNSPECIFIED;
	}

	private record Status(String code, @Nullable String message) {

		static final Status UNSET = new Status("UNSET", null);

		int size() {
			return (this.message != null) ? this.message.length() : 0;
		}

	}

}
