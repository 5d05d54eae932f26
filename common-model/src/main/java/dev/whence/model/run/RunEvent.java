package dev.whence.model.run;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One event of a run, as a client told it.
 *
 * @param subject the step that it is about, or the run
 * @param type what it tells; for {@link RunEventType#OTHER} the client's word is in
 * {@code name}
 * @param name the client's word for the type
 * @param data all that the client said, unchanged; not copied
 */
public record RunEvent(UUID runId, UUID subject, RunEventType type, String name, Map<String, @Nullable Object> data) {

	/**
	 * Which of two events about the same thing is believed: the one that ended later,
	 * then the one that began earlier, because it tells of the whole, then the one that
	 * tells of an end, then the one with the greater text, so that the order of arrival
	 * never matters. The believed one comes first.
	 */
	private static final Comparator<RunEvent> BELIEVED_FIRST = Comparator.comparing(RunEvent::end)
		.thenComparing((event) -> event.started().orElse(Instant.MAX), Comparator.reverseOrder())
		.thenComparing(RunEvent::type)
		.thenComparing((event) -> new TreeMap<>(event.data).toString())
		.reversed();

	/** Different events about the same thing, the one that is believed first. */
	static List<RunEvent> believed(Collection<RunEvent> events) {
		return (events.size() < 2) ? List.copyOf(events) : events.stream().distinct().sorted(BELIEVED_FIRST).toList();
	}

	// A short form would hide from other modules that values may be null.
	public RunEvent(UUID runId, UUID subject, RunEventType type, String name, Map<String, @Nullable Object> data) {
		this.runId = runId;
		this.subject = subject;
		this.type = type;
		this.name = name;
		this.data = data;
	}

	/**
	 * What a client may leave of a list that is too long to be kept: the key under which
	 * the data say how long lists were before a sample was taken of them.
	 */
	public static final String SAMPLED = "_sampled";

	/** When its subject began, as far as it says so in a way that can be read. */
	public Optional<Instant> started() {
		return Timestamps.parse(text("started_at"));
	}

	/** When its subject ended, or began where it does not say so. */
	public Optional<Instant> time() {
		return Timestamps.parse(text("completed_at")).or(this::started);
	}

	/** What its subject is called; null when it does not say. */
	public @Nullable String label() {
		return text("name");
	}

	/** The type of its step; null for a run. */
	public @Nullable String stepType() {
		return this.type.isOfStep() ? Told.text(List.of(this), "type", DecisionStep.CUSTOM) : null;
	}

	/** What this event alone says of how much went in and came out. */
	public StepCounts counts() {
		String step = stepType();
		return (step != null) ? StepCounts.of(step, this.data.get("inputs"), this.data.get("outputs"),
				this.data.get("metadata"), StepCounts.map(this.data.get(SAMPLED))) : StepCounts.UNKNOWN;
	}

	/** In the client's currency; empty when it does not say. */
	public OptionalDouble cost() {
		return Numbers.number(this.data, this.type.isOfStep() ? "cost" : "total_cost");
	}

	/** The trace that its subject is part of, as the client wrote it. */
	public @Nullable String trace() {
		String trace = text("trace_id");
		return (trace != null) ? trace
				: (StepCounts.map(this.data.get("tags")).get("trace_id") instanceof String tag) ? tag : null;
	}

	/** A text of the data; null when there is none or it is no text. */
	public @Nullable String text(String key) {
		return (this.data.get(key) instanceof String text) ? text : null;
	}

	private Instant end() {
		return Timestamps.parse(text("completed_at")).orElse(Instant.MIN);
	}

}
