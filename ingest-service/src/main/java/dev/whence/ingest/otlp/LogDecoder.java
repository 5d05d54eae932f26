package dev.whence.ingest.otlp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.whence.ingest.intake.ContentId;
import dev.whence.model.LogRecord;
import dev.whence.model.TraceId;
import dev.whence.store.EncodedJson;

import static dev.whence.ingest.otlp.WireReader.BYTES;
import static dev.whence.ingest.otlp.WireReader.FIXED32;
import static dev.whence.ingest.otlp.WireReader.FIXED64;
import static dev.whence.ingest.otlp.WireReader.VARINT;
import static dev.whence.ingest.otlp.WireReader.tag;

/**
 * Reads the records of {@code ExportLogsServiceRequest}, one after the other; not for use
 * by two threads.
 */
final class LogDecoder implements EnvelopeWalk.RecordReader {

	private static final String[] LEVELS = { "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL" };

	private static final byte[] KIND = { 'l' };

	/** The attribute with which a sender names a record itself. */
	private static final byte[] RECORD_UID = "log.record.uid".getBytes(StandardCharsets.US_ASCII);

	private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

	private static final int TIME = tag(1, FIXED64);

	private static final int SEVERITY_NUMBER = tag(2, VARINT);

	private static final int SEVERITY_TEXT = tag(3, BYTES);

	private static final int BODY = tag(5, BYTES);

	private static final int ATTRIBUTE = tag(6, BYTES);

	private static final int DROPPED_ATTRIBUTES = tag(7, VARINT);

	private static final int FLAGS = tag(8, FIXED32);

	private static final int TRACE_ID = tag(9, BYTES);

	private static final int SPAN_ID = tag(10, BYTES);

	private static final int OBSERVED_TIME = tag(11, FIXED64);

	private static final int EVENT_NAME = tag(12, BYTES);

	private static final int STRING_VALUE = tag(1, BYTES);

	private final InstantSource clock;

	private final RecordOutput out = new RecordOutput();

	LogDecoder(InstantSource clock) {
		this.clock = clock;
	}

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
		long time = 0;
		long observed = 0;
		int severity = 0;
		String severityText = "";
		String message = "";
		String uid = null;
		TraceId trace = null;
		String span = null;
		JsonOutput details = this.out.details();
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == ATTRIBUTE) {
				if (uid == null) {
					uid = AttributeJson.textOf(in, in.position(), RECORD_UID);
				}
				this.out.attribute(in);
			}
			else if (tag == TIME) {
				time = in.fixed64();
			}
			else if (tag == OBSERVED_TIME) {
				observed = in.fixed64();
				details.name("observed_time_unix_nano").number(observed);
			}
			else if (tag == SEVERITY_NUMBER) {
				severity = (int) in.varint();
				details.name("severity_number").number(severity);
			}
			else if (tag == SEVERITY_TEXT) {
				severityText = text(in);
			}
			else if (tag == BODY) {
				message = message(in, details);
			}
			else if (tag == TRACE_ID) {
				trace = Ids.trace(in);
			}
			else if (tag == SPAN_ID) {
				span = Ids.span(in);
			}
			else if (tag == FLAGS) {
				this.out.count("flags", in.fixed32());
			}
			else if (tag == DROPPED_ATTRIBUTES) {
				this.out.count("dropped_attributes_count", (int) in.varint());
			}
			else if (tag == EVENT_NAME) {
				this.out.text("event_name", in);
			}
			else {
				in.skip();
			}
		}
		if (!this.out.complete(origin, message, decoded)) {
			return;
		}
		Instant when = Ids.time(time);
		when = (when != null) ? when : Ids.time(observed);
		ContentId content = decoded.identify(origin, KIND, in.bytes(), from, length);
		LogRecord log = new LogRecord((uid != null) ? idOf(uid) : content.id(), trace, span, origin.serviceName(),
				(when != null) ? when : this.clock.instant(), level(severityText, severity), message,
				new EncodedJson(this.out.attributes()), origin.resource(), new EncodedJson(this.out.detailsJson()));
		long size = this.out.size() + message.length();
		if (uid != null || when == null) {
			decoded.acceptById(log, content, size);
		}
		else {
			decoded.accept(log, content, size);
		}
	}

	private static UUID idOf(String uid) {
		return UUID_TEXT.matcher(uid).matches() ? UUID.fromString(uid)
				: ContentId.of(RECORD_UID, uid.getBytes(StandardCharsets.UTF_8)).id();
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
	private static String message(WireReader in, JsonOutput details) {
		int at = in.position();
		String text = stringBody(in);
		if (text != null) {
			return text;
		}
		int end = in.position();
		in.rewind(at);
		JsonOutput json = new JsonOutput();
		AttributeJson.value(in, json);
		in.rewind(end);
		String told = json.asText();
		if (told.equals("null")) {
			return "";
		}
		details.name("body").raw(json);
		return told;
	}

	private static @Nullable String stringBody(WireReader in) {
		int outer = in.enter();
		String text = null;
		for (int tag = in.next(); tag != 0; tag = in.next()) {
			if (tag == STRING_VALUE) {
				text = text(in);
			}
			else {
				text = null;
				in.skip();
			}
		}
		in.leave(outer);
		return text;
	}

	private static String text(WireReader in) {
		int length = in.length();
		String text = Utf8.text(in.bytes(), in.position(), length);
		in.advance(length);
		return text;
	}

}
