package dev.whence.model;

import java.time.Instant;
import java.util.UUID;

/**
 * Problem signals were committed. One event stands for all signals of one dirty thing in
 * one commit.
 *
 * @param subject what became dirty
 */
public record SignalsIngested(UUID eventId, Instant occurredAt, ProjectId project,
		ProblemSubject subject) implements Event {

	public static final String TOPIC = "signals.ingested.v1";

	@Override
	public String topic() {
		return TOPIC;
	}

	@Override
	public String key() {
		return this.project.value() + "/" + this.subject;
	}

}
