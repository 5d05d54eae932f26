package dev.whence.ingest.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.whence.ingest.intake.ContentId;
import dev.whence.ingest.intake.RecordLimits;
import dev.whence.ingest.json.JsonItem;
import dev.whence.ingest.json.RecordJson;
import dev.whence.ingest.json.RecordJson.Element;
import dev.whence.ingest.json.Refusal;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException.FieldError;
import dev.whence.model.UuidText;
import dev.whence.model.run.RunEvent;
import dev.whence.model.run.RunEventType;
import dev.whence.store.RunSubmission;
import dev.whence.store.form.EncodedJson;
import dev.whence.store.form.JsonText;
import dev.whence.store.rejected.RejectionReason;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads X-Ray's events: {@code {"type", "data"}}. What is needed to know what an event is
 * about must be there and right; what else there is may be anything. An event of a type
 * that nobody knows is kept under the run it names, or under none.
 */
@Component
class RunEventJson {

	private static final byte[] KIND = "run-event".getBytes(StandardCharsets.US_ASCII);

	/** Beyond it nothing costs anything; sums stay numbers. */
	private static final double MOST_COST = 1e15;

	/** Bytes of what an event says, once its long lists are sampled. */
	private static final int MOST_BYTES = 2 * 1024 * 1024;

	/** The run of an event that names none. */
	private static final UUID NO_RUN = new UUID(0, 0);

	/** Texts that are shown and compared; the rest may be any JSON. */
	private static final List<String> TEXTS = List.of("name", "started_at", "completed_at", "error", "reasoning");

	private final RecordJson json;

	RunEventJson(RecordJson json) {
		this.json = json;
	}

	/**
	 * @param element its text is its identity: who sends an event again sends the same
	 */
	RunEventReading read(Element element) {
		return switch (element.item()) {
			case JsonItem.Parsed(var fields) ->
				read(fields, ContentId.of(KIND, Arrays.copyOfRange(element.text(), element.from(), element.to())).id());
			case Refusal refusal -> new RunEventReading.Refused(refusal);
		};
	}

	/** The id of an event that Whence made itself, the same whenever it is made. */
	UUID identify(RunEvent event) {
		Map<String, @Nullable Object> content = new LinkedHashMap<>();
		content.put("type", event.name());
		content.put("run", event.runId().toString());
		content.put("subject", event.subject().toString());
		content.put("data", event.data());
		return this.json.identify("run-event", content).id();
	}

	private RunEventReading read(Map<String, @Nullable Object> fields, UUID id) {
		List<FieldError> errors = new ArrayList<>();
		String name = typeName(fields.get("type"), errors);
		Map<String, @Nullable Object> data = data(fields.get("data"));
		if (data == null) {
			errors.add(new FieldError("/data", "is required, and is a JSON object"));
			return refused(errors);
		}
		RunEventType type = RunEventType.named(name);
		UUID run = run(type, data, errors);
		UUID subject = type.isOfStep() ? requiredId("id", data.get("id"), errors) : run;
		TEXTS.forEach((key) -> requireText(key, data.get(key), errors));
		requireNumber(type.isOfStep() ? "cost" : "total_cost", data, errors);
		if (type.isOfStep()) {
			requireText("type", data.get("type"), errors);
		}
		if (!errors.isEmpty()) {
			return refused(errors);
		}
		RunEvent event = CandidateSample.of(new RunEvent(run, subject, type, name, data), id);
		int size = JsonText.write(event.data()).length;
		if (size > MOST_BYTES) {
			return new RunEventReading.Refused(Refusal.of(ProblemCode.INVALID_FIELD, RejectionReason.LIMIT, "/data",
					"may have " + MOST_BYTES + " bytes once lists of candidates are sampled, these are " + size));
		}
		return new RunEventReading.Taken(new RunSubmission(id, event));
	}

	private static @Nullable Map<String, @Nullable Object> data(@Nullable Object value) {
		if (value instanceof EncodedJson encoded) {
			return encoded;
		}
		if (!(value instanceof Map<?, ?> map)) {
			return null;
		}
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		map.forEach((key, inner) -> data.put(String.valueOf(key), inner));
		return data;
	}

	private static String typeName(@Nullable Object type, List<FieldError> errors) {
		if (!(type instanceof String name) || name.isBlank()) {
			errors.add(new FieldError("/type", "is required, and is a text such as step_complete"));
			return "";
		}
		if (name.length() > RecordLimits.NAME_LENGTH) {
			errors.add(new FieldError("/type", "may have " + RecordLimits.NAME_LENGTH + " characters"));
			return "";
		}
		return name;
	}

	private static UUID run(RunEventType type, Map<String, @Nullable Object> data, List<FieldError> errors) {
		if (type.isOfStep()) {
			return requiredId("run_id", data.get("run_id"), errors);
		}
		Object named = (data.get("id") != null) ? data.get("id") : data.get("run_id");
		if (type.isOfRun()) {
			return requiredId("id", named, errors);
		}
		Object of = (data.get("run_id") != null) ? data.get("run_id") : named;
		return uuid(of).orElse(NO_RUN);
	}

	private static UUID requiredId(String key, @Nullable Object value, List<FieldError> errors) {
		Optional<UUID> id = uuid(value);
		if (id.isEmpty()) {
			errors.add(new FieldError("/data/" + key, (value == null) ? "is required" : "must be a UUID"));
		}
		return id.orElse(NO_RUN);
	}

	private static Optional<UUID> uuid(@Nullable Object value) {
		return (value instanceof String text) ? UuidText.lenient(text) : Optional.empty();
	}

	private static void requireText(String key, @Nullable Object value, List<FieldError> errors) {
		if (value != null && !(value instanceof String)) {
			errors.add(new FieldError("/data/" + key,
					key.endsWith("_at") ? "must be a time as text, such as 2026-01-19T01:02:03Z" : "must be a text"));
		}
	}

	private static void requireNumber(String key, Map<String, @Nullable Object> data, List<FieldError> errors) {
		Object value = data.get(key);
		if (value != null && !(value instanceof Number number && Math.abs(number.doubleValue()) <= MOST_COST)) {
			errors.add(new FieldError("/data/" + key, "must be a number, at most 1e15"));
		}
	}

	private static RunEventReading refused(List<FieldError> errors) {
		return new RunEventReading.Refused(
				new Refusal(ProblemCode.INVALID_FIELD, RejectionReason.INVALID_FIELD, List.copyOf(errors)));
	}

}
