package dev.whence.model;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Signals of these minutes were committed, by the sender's clock. A minute that keeps
 * receiving signals is named again every few seconds only, so signals committed shortly
 * after the event may have no event of their own: whoever counts a minute waits until it
 * has not been named for a while.
 *
 * @param minutes the instants they begin with
 */
public record MinutesTouched(UUID eventId, Instant occurredAt, ProjectId project,
		List<Instant> minutes) implements Event {

	public static final String TOPIC = "signals.minutes.v1";

	public MinutesTouched {
		minutes = List.copyOf(minutes);
	}

	@Override
	public String topic() {
		return TOPIC;
	}

	@Override
	public String key() {
		return String.valueOf(this.project.value());
	}

}
