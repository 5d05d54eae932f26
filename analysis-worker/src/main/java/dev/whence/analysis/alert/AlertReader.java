package dev.whence.analysis.alert;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProblemException.FieldError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Reads posted alerts one by one: a wrong one is named and does not cost its neighbours.
 */
@Component
class AlertReader {

	/** What Go writes for a time that was never set. */
	private static final Instant UNSET = Instant.parse("0001-01-01T00:00:00Z");

	/** The webhook's version since 2017. */
	private static final String WEBHOOK_VERSION = "4";

	private final JsonMapper json;

	private final AlertProperties limits;

	AlertReader(JsonMapper json, AlertProperties limits) {
		this.json = json;
		this.limits = limits;
	}

	/** Reads an array of alerts. */
	Reading readArray(byte[] body) {
		return read(parse(body), "");
	}

	/** Reads the body of Alertmanager's webhook. */
	Reading readWebhook(byte[] body) {
		JsonNode message = parse(body);
		if (!message.isObject()) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not a JSON object");
		}
		String version = message.path("version").asString("");
		if (!version.equals(WEBHOOK_VERSION)) {
			throw new ProblemException(ProblemCode.INVALID_FIELD, "version must be \"4\"",
					List.of(new FieldError("/version", "must be \"4\"")), null);
		}
		return read(message.path("alerts"), "/alerts");
	}

	private JsonNode parse(byte[] body) {
		try {
			return this.json.readTree(body);
		}
		catch (JacksonException _) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY, "The body is not JSON");
		}
	}

	private Reading read(JsonNode alerts, String pointer) {
		if (!alerts.isArray()) {
			throw new ProblemException(ProblemCode.MALFORMED_BODY,
					pointer.isEmpty() ? "The body is not a JSON array of alerts" : "alerts is not an array");
		}
		if (alerts.size() > this.limits.maxAlerts()) {
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE,
					"One request may carry " + this.limits.maxAlerts() + " alerts");
		}
		List<PostedAlert> read = new ArrayList<>();
		List<FieldError> errors = new ArrayList<>();
		for (int i = 0; i < alerts.size(); i++) {
			try {
				read.add(alert(alerts.get(i)));
			}
			catch (WrongField wrong) {
				errors.add(new FieldError(pointer + "/" + i + wrong.pointer, wrong.why));
			}
		}
		return new Reading(read, errors);
	}

	private PostedAlert alert(JsonNode alert) {
		if (!alert.isObject()) {
			throw new WrongField("", "is not an object");
		}
		SortedMap<String, String> labels = texts(alert, "labels", this.limits.maxLabelLength());
		// An empty label is the same as none.
		labels.values().removeIf(String::isEmpty);
		if (labels.isEmpty()) {
			throw new WrongField("/labels", "has no label with a value");
		}
		Instant startsAt = time(alert, "startsAt");
		Instant endsAt = time(alert, "endsAt");
		if (startsAt != null && endsAt != null && endsAt.isBefore(startsAt)) {
			throw new WrongField("/endsAt", "is before startsAt");
		}
		return new PostedAlert(labels, texts(alert, "annotations", this.limits.maxAnnotationLength()), startsAt, endsAt,
				text(alert.path("generatorURL"), "/generatorURL", this.limits.maxAnnotationLength()));
	}

	private SortedMap<String, String> texts(JsonNode alert, String field, int longest) {
		JsonNode entries = alert.path(field);
		SortedMap<String, String> texts = new TreeMap<>();
		if (entries.isMissingNode() || entries.isNull()) {
			return texts;
		}
		if (!entries.isObject()) {
			throw new WrongField("/" + field, "is not an object");
		}
		if (entries.size() > this.limits.maxLabels()) {
			throw new WrongField("/" + field, "has more than " + this.limits.maxLabels() + " entries");
		}
		entries.forEachEntry((name, value) -> {
			// The name may be anything, so it is told only when it is short and harmless.
			String pointer = "/" + field + "/" + name.replace("~", "~0").replace("/", "~1");
			if (name.isBlank() || name.length() > this.limits.maxLabelLength() || isUnstorable(name)) {
				throw new WrongField("/" + field, "has a name that is blank, too long or no text");
			}
			texts.put(name, text(value, pointer, longest));
		});
		return texts;
	}

	private static String text(JsonNode value, String pointer, int longest) {
		if (value.isMissingNode() || value.isNull()) {
			return "";
		}
		if (!value.isString()) {
			throw new WrongField(pointer, "is not a string");
		}
		String text = value.asString();
		if (text.length() > longest) {
			throw new WrongField(pointer, "has more than " + longest + " characters");
		}
		if (isUnstorable(text)) {
			throw new WrongField(pointer, "contains NUL or half of a surrogate pair");
		}
		return text;
	}

	private static boolean isUnstorable(String text) {
		return text.codePoints().anyMatch((point) -> point == 0 || (point >= 0xd800 && point <= 0xdfff));
	}

	private static @Nullable Instant time(JsonNode alert, String field) {
		String text = text(alert.path(field), "/" + field, 64);
		if (text.isEmpty()) {
			return null;
		}
		try {
			Instant time = OffsetDateTime.parse(text).toInstant();
			int year = time.atOffset(ZoneOffset.UTC).getYear();
			if (year < 1 || year > 9999) {
				throw new WrongField("/" + field, "is not between the years 1 and 9999");
			}
			return time.equals(UNSET) ? null : time;
		}
		catch (DateTimeException _) {
			throw new WrongField("/" + field, "is not an RFC 3339 time");
		}
	}

	/** What could be read, and why the rest could not. */
	record Reading(List<PostedAlert> alerts, List<FieldError> errors) {
	}

	private static final class WrongField extends RuntimeException {

		private final String pointer;

		private final String why;

		WrongField(String pointer, String why) {
			super(why, null, false, false);
			this.pointer = pointer;
			this.why = why;
		}

	}

}
