package dev.whence.ingest.signal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.whence.ingest.json.Refusal;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.store.rejected.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object: takes them one by one, collects what is wrong with each,
 * and keeps what nobody asked for.
 */
final class Fields {

	private final Map<String, @Nullable Object> body;

	private final Set<String> taken = new HashSet<>();

	private final List<FieldError> errors = new ArrayList<>();

	private RejectionReason reason = RejectionReason.INVALID_FIELD;

	Fields(Map<String, @Nullable Object> body) {
		this.body = body;
	}

	boolean has(String name) {
		return this.body.containsKey(name);
	}

	/** The value, or null when the field is absent or null. */
	@Nullable Object optional(String name) {
		this.taken.add(name);
		return this.body.get(name);
	}

	/** The value; an absent or null field is an error, answered with null. */
	@Nullable Object required(String name) {
		Object value = optional(name);
		if (value == null) {
			error(name, "is required");
		}
		return value;
	}

	/** A required text, which may be empty; an error is answered with an empty text. */
	String text(String name, int maxLength) {
		return text(name, required(name), maxLength);
	}

	String optionalText(String name, int maxLength, String otherwise) {
		Object value = optional(name);
		return (value != null) ? text(name, value, maxLength) : otherwise;
	}

	void error(String name, String message) {
		this.reason = RejectionReason.INVALID_FIELD;
		this.errors.add(new FieldError("/" + name, message));
	}

	/** A field that is well-formed and too much. */
	void beyondLimit(String name, String message) {
		if (this.errors.isEmpty()) {
			this.reason = RejectionReason.LIMIT;
		}
		this.errors.add(new FieldError("/" + name, message));
	}

	/** Everything that was not taken. */
	Map<String, @Nullable Object> rest() {
		Map<String, @Nullable Object> rest = new LinkedHashMap<>(this.body);
		rest.keySet().removeAll(this.taken);
		return rest;
	}

	/** What is wrong, or null when nothing is. */
	@Nullable Refusal refusal() {
		return this.errors.isEmpty() ? null
				: new Refusal(ProblemCode.INVALID_FIELD, this.reason, List.copyOf(this.errors));
	}

	private String text(String name, @Nullable Object value, int maxLength) {
		if (value == null) {
			return "";
		}
		if (!(value instanceof String text)) {
			error(name, "must be a string");
			return "";
		}
		if (text.length() > maxLength) {
			beyondLimit(name, "may have " + maxLength + " characters, this one has " + text.length());
			return "";
		}
		return text;
	}

}
