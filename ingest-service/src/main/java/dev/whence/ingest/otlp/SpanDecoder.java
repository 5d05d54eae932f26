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
import static io.opentelemetry.proto.trace.v1.Span.ATTRIBUTES_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.DROPPED_EVENTS_COUNT_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.DROPPED_LINKS_COUNT_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.END_TIME_UNIX_NANO_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.EVENTS_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.FLAGS_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.KIND_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.LINKS_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.NAME_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.PARENT_SPAN_ID_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.SPAN_ID_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.START_TIME_UNIX_NANO_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.STATUS_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.TRACE_ID_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Span.TRACE_STATE_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Status.CODE_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Status.MESSAGE_FIELD_NUMBER;
import static io.opentelemetry.proto.trace.v1.Status.StatusCode.STATUS_CODE_ERROR_VALUE;
import static io.opentelemetry.proto.trace.v1.Status.StatusCode.STATUS_CODE_OK_VALUE;

/**
 * Reads the spans of {@code ExportTraceServiceRequest}, one after the other; not for use
 * by two threads.
 */
final class SpanDecoder implements EnvelopeWalk.RecordReader {

	private static final byte[] KIND = { 's' };

	private static final int TRACE_ID = tag(TRACE_ID_FIELD_NUMBER, BYTES);

	private static final int SPAN_ID = tag(SPAN_ID_FIELD_NUMBER, BYTES);

	private static final int TRACE_STATE = tag(TRACE_STATE_FIELD_NUMBER, BYTES);

	private static final int PARENT_SPAN_ID = tag(PARENT_SPAN_ID_FIELD_NUMBER, BYTES);

	private static final int NAME = tag(NAME_FIELD_NUMBER, BYTES);

	private static final int SPAN_KIND = tag(KIND_FIELD_NUMBER, VARINT);

	private static final int START_TIME = tag(START_TIME_UNIX_NANO_FIELD_NUMBER, FIXED64);

	private static final int END_TIME = tag(END_TIME_UNIX_NANO_FIELD_NUMBER, FIXED64);

	private static final int ATTRIBUTE = tag(ATTRIBUTES_FIELD_NUMBER, BYTES);

	private static final int DROPPED_ATTRIBUTES = tag(DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, VARINT);

	private static final int EVENT = tag(EVENTS_FIELD_NUMBER, BYTES);

	private static final int DROPPED_EVENTS = tag(DROPPED_EVENTS_COUNT_FIELD_NUMBER, VARINT);

	private static final int LINK = tag(LINKS_FIELD_NUMBER, BYTES);

	private static final int DROPPED_LINKS = tag(DROPPED_LINKS_COUNT_FIELD_NUMBER, VARINT);

	private static final int STATUS = tag(STATUS_FIELD_NUMBER, BYTES);

	private static final int FLAGS = tag(FLAGS_FIELD_NUMBER, FIXED32);

	private static final int STATUS_MESSAGE = tag(MESSAGE_FIELD_NUMBER, BYTES);

	private static final int STATUS_CODE = tag(CODE_FIELD_NUMBER, VARINT);

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
				case TRACE_ID_FIELD_NUMBER -> trace = is(tag, TRACE_ID, in) ? Ids.trace(in) : trace;
				case SPAN_ID_FIELD_NUMBER -> span = is(tag, SPAN_ID, in) ? Ids.span(in) : span;
				case PARENT_SPAN_ID_FIELD_NUMBER -> parent = is(tag, PARENT_SPAN_ID, in) ? Ids.span(in) : parent;
				case NAME_FIELD_NUMBER -> name = is(tag, NAME, in) ? in.name() : name;
				case KIND_FIELD_NUMBER -> kind = is(tag, SPAN_KIND, in) ? kind(in.varint()) : kind;
				case START_TIME_UNIX_NANO_FIELD_NUMBER -> start = is(tag, START_TIME, in) ? in.fixed64() : start;
				case END_TIME_UNIX_NANO_FIELD_NUMBER -> end = is(tag, END_TIME, in) ? in.fixed64() : end;
				case STATUS_FIELD_NUMBER -> status = is(tag, STATUS, in) ? status(in) : status;
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
		return new Status((code == STATUS_CODE_OK_VALUE) ? "OK" : (code == STATUS_CODE_ERROR_VALUE) ? "ERROR" : "UNSET",
				message);
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
