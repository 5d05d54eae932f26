package dev.whence.model.run;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
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
 * @param data all that the client said, unchanged
 */
public record RunEvent(UUID runId, UUID subject, RunEventType type, String name, Map<String, @Nullable Object> data) {

	/**
	 * Which of two events about the same thing is believed: the one that ended later,
	 * then the one that tells of an end, then the one with the greater text, so that the
	 * order of arrival never matters. The believed one comes first.
	 */
	static final Comparator<RunEvent> BELIEVED_FIRST = Comparator.comparing(RunEvent::end)
		.thenComparing(RunEvent::type)
		.thenComparing((event) -> new TreeMap<>(event.data).toString())
		.reversed();

	public RunEvent {
		data = Collections.unmodifiableMap(data);
	}

	/** A text of the data; null when there is none or it is no text. */
	@Nullable String text(String key) {
		return (this.data.get(key) instanceof String text) ? text : null;
	}

	private Instant end() {
		return Timestamps.parse(text("completed_at")).orElse(Instant.MIN);
	}

}
