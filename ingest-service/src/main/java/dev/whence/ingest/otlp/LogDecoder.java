package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

import dev.whence.ingest.intake.ContentId;
import dev.whence.model.LogRecord;
import dev.whence.model.TraceId;
import dev.whence.model.UuidText;
import dev.whence.store.form.EncodedJson;
import dev.whence.store.rejected.RejectionReason;
import io.opentelemetry.proto.common.v1.AnyValue;
import org.jspecify.annotations.Nullable;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.FIXED32;
import static dev.whence.ingest.otlp.WireReader.FIXED64;
import static dev.whence.ingest.otlp.WireReader.VARINT;
import static dev.whence.ingest.otlp.WireReader.tag;
import static io.opentelemetry.proto.logs.v1.LogRecord.ATTRIBUTES_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.BODY_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.EVENT_NAME_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.FLAGS_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.OBSERVED_TIME_UNIX_NANO_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.SEVERITY_NUMBER_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.SEVERITY_TEXT_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.SPAN_ID_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.TIME_UNIX_NANO_FIELD_NUMBER;
import static io.opentelemetry.proto.logs.v1.LogRecord.TRACE_ID_FIELD_NUMBER;

/**
 * Reads the records of {@code ExportLogsServiceRequest}, one after the other; not for use
 * by two threads.
 */
final class LogDecoder implements EnvelopeWalk.RecordReader {

	private static final String[] LEVELS = { "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL" };

	/** Levels that are never a problem, as most senders write them. */
	private static final Set<String> CALM = Set.of("", "TRACE", "DEBUG", "INFO", "trace", "debug", "info",
			"Information");

	/** What a problem takes besides its record, in values. */
	private static final int PROBLEM = 4;

	private static final byte[] KIND = { 'l' };

	/** The attribute with which a sender names a record itself. */
	private static final byte[] RECORD_UID = "log.record.uid".getBytes(StandardCharsets.US_ASCII);

	private static final int TIME = tag(TIME_UNIX_NANO_FIELD_NUMBER, FIXED64);

	private static final int SEVERITY_NUMBER = tag(SEVERITY_NUMBER_FIELD_NUMBER, VARINT);

	private static final int SEVERITY_TEXT = tag(SEVERITY_TEXT_FIELD_NUMBER, BYTES);

	private static final int BODY = tag(BODY_FIELD_NUMBER, BYTES);

	private static final int ATTRIBUTE = tag(ATTRIBUTES_FIELD_NUMBER, BYTES);

	private static final int DROPPED_ATTRIBUTES = tag(DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, VARINT);

	private static final int FLAGS = tag(FLAGS_FIELD_NUMBER, FIXED32);

	private static final int TRACE_ID = tag(TRACE_ID_FIELD_NUMBER, BYTES);

	private static final int SPAN_ID = tag(SPAN_ID_FIELD_NUMBER, BYTES);

	private static final int OBSERVED_TIME = tag(OBSERVED_TIME_UNIX_NANO_FIELD_NUMBER, FIXED64);

	private static final int EVENT_NAME = tag(EVENT_NAME_FIELD_NUMBER, BYTES);

	private static final int STRING_VALUE = tag(AnyValue.STRING_VALUE_FIELD_NUMBER, BYTES);

	private final InstantSource clock;

	private final RecordOutput out = new RecordOutput();

	private final JsonOutput body = new JsonOutput();

	LogDecoder(InstantSource clock) {
		this.clock = clock;
	}

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

	private void read(WireReader in, Origin origin, Decoded decoded, int from, int length) {
		long time = 0;
		long observed = 0;
		int severity = 0;
		String severityText = "";
		int flags = 0;
		int dropped = 0;
		int bodyAt = -1;
		String uid = "";
		TraceId trace = null;
		String span = null;
		JsonOutput details = this.out.details();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == ATTRIBUTE) {
				if (uid.isEmpty()) {
					String given = AttributeJson.textOf(in, in.position(), RECORD_UID);
					uid = (given != null) ? given : "";
				}
				this.out.attribute(in);
			}
			else if (tag == TIME) {
				time = in.fixed64();
			}
			else if (tag == OBSERVED_TIME) {
				observed = in.fixed64();
			}
			else if (tag == SEVERITY_NUMBER) {
				severity = (int) in.varint();
			}
			else if (tag == SEVERITY_TEXT) {
				severityText = in.name();
			}
			else if (tag == BODY) {
				bodyAt = in.position();
				in.skip();
			}
			else if (tag == TRACE_ID) {
				trace = Ids.trace(in);
			}
			else if (tag == SPAN_ID) {
				span = Ids.span(in);
			}
			else if (tag == FLAGS) {
				flags = in.fixed32();
			}
			else if (tag == DROPPED_ATTRIBUTES) {
				dropped = (int) in.varint();
			}
			else if (tag == EVENT_NAME) {
				this.out.text("event_name", in);
			}
			else {
				in.skip();
			}
		}
		this.out.time("observed_time_unix_nano", observed);
		if (severity != 0) {
			details.name("severity_number").number(severity);
		}
		this.out.count("flags", flags);
		this.out.count("dropped_attributes_count", dropped);
		String message = (bodyAt >= 0) ? message(in, bodyAt) : "";
		this.out.excess().name("severity_text", severityText);
		this.out.excess().name("log.record.uid", uid);
		if (!this.out.complete(origin, message, decoded)) {
			return;
		}
		long nanos = (time != 0) ? time : observed;
		if (Ids.isBeyond(nanos)) {
			decoded.reject(RejectionReason.INVALID_FIELD,
					((time != 0) ? "time_unix_nano" : "observed_time_unix_nano") + " is after the year 2262", origin,
					message);
			return;
		}
		Instant when = Ids.time(nanos);
		// A record that its sender names is itself again wherever it comes.
		ContentId content = uid.isEmpty() ? decoded.identify(origin, KIND, in.bytes(), from, length)
				: decoded.content(origin, KIND, in.bytes(), from, length);
		LogRecord log = new LogRecord(uid.isEmpty() ? content.id() : idOf(uid), trace, span, origin.serviceName(),
				(when != null) ? when : this.clock.instant(), level(severityText, severity), message,
				new EncodedJson(this.out.attributes()), origin.resource(), new EncodedJson(this.out.detailsJson()));
		// Triage looks into the others.
		int values = CALM.contains(log.level()) ? 0 : PROBLEM + this.out.excess().values();
		long size = (long) this.out.size() + message.length() + severityText.length();
		if (!uid.isEmpty() || when == null) {
			decoded.acceptById(log, content, size, values);
		}
		else {
			decoded.accept(log, content, size, values);
		}
	}

	private static UUID idOf(String uid) {
		return UuidText.canonical(uid)
			.orElseGet(() -> ContentId.of(RECORD_UID, uid.getBytes(StandardCharsets.UTF_8)).id());
	}

	private static String level(String text, int number) {
		if (!text.isEmpty()) {
			return text;
		}
		// Four numbers a level, 1 to 24, as OpenTelemetry's log data model defines them.
		return (number >= 1 && number <= 24) ? LEVELS[(number - 1) / 4] : "";
	}

	/**
	 * The body as a text. A body that is no text is told as JSON, and kept as such among
	 * the details.
	 */
	private String message(WireReader in, int at) {
		in.rewind(at);
		String text = stringBody(in);
		if (text != null) {
			return text;
		}
		in.rewind(at);
		this.out.excess().at("body");
		this.body.reset();
		AttributeJson.value(in, this.body, this.out.excess());
		String told = this.body.asText();
		if (told.equals("null")) {
			return "";
		}
		this.out.details().name("body").raw(this.body);
		return told;
	}

	private static @Nullable String stringBody(WireReader in) {
		int outer = in.enter();
		String text = null;
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == STRING_VALUE) {
				text = in.text();
			}
			else {
				text = null;
				in.skip();
			}
		}
		in.leave(outer);
		return text;
	}

}
