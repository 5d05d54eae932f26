package dev.whence.model;

import java.time.Instant;
import java.util.UUID;

/**
 * Something happened to what runs somewhere: a build reached another state, something was
 * deployed, commits were pushed.
 *
 * @param kind {@link #BUILD}, {@link #DEPLOYMENT}, {@link #COMMIT}, or what a newer
 * sender knows beside them
 * @param subject what it is about, unique within the project and the kind, e.g.
 * {@code build/12}
 * @param service whose telemetry it may explain
 * @param state what became of it, e.g. {@code success}
 * @param what one phrase for a person
 * @param link where a person can read more; empty when there is no such place
 */
public record BuildChanged(UUID eventId, Instant occurredAt, ProjectId project, String kind, String subject,
		String service, String state, String what, String link) implements Event {

	public static final String TOPIC = "builds.changed.v1";

	public static final String BUILD = "build";

	public static final String DEPLOYMENT = "deployment";

	public static final String COMMIT = "commit";

	/** The state of a build or a deployment that has ended well. */
	public static final String SUCCESS = "success";

	@Override
	public String topic() {
		return TOPIC;
	}

	@Override
	public String key() {
		return this.project.value() + "/" + this.subject;
	}

}
