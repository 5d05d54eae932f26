package dev.whence.analysis.notification.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is said, as a generic webhook gets it. Once sent it never changes: whoever gets it
 * twice gets the same, under the same id.
 *
 * @param id of the delivery
 * @param time when what it tells came about
 * @param incident null in a summary and in a test
 * @param cause null while it is unknown
 * @param summary in a summary alone
 * @param actor who did it; null when Whence did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Message(UUID id, NotificationType type, Instant time, int project, @Nullable IncidentFacts incident,
		@Nullable Cause cause, @Nullable Summary summary, @Nullable String actor, @Nullable String comment) {

	/** A message that says nothing but that messages arrive. */
	public static Message test(UUID id, Instant time, int project) {
		return new Message(id, NotificationType.TEST, time, project, null, null, null, null,
				"This is a test message from Whence. Nothing is wrong.");
	}

	/** One line for people. */
	public String headline() {
		if (this.incident != null) {
			return "[" + this.incident.severity().toUpperCase(Locale.ROOT) + "] Incident " + this.type.words() + ": "
					+ this.incident.title();
		}
		return (this.summary != null) ? "Held back: " + this.summary.held() + " messages, " + this.summary.reason()
				: "Test message from Whence";
	}

	/** What else there is to say to people, a line each. */
	public List<String> details() {
		List<String> lines = new ArrayList<>();
		if (this.cause != null) {
			lines.add("Likely cause (" + this.cause.verdict() + "): " + this.cause.statement());
			if (this.cause.evidence() != null) {
				lines.add("Evidence: " + this.cause.evidence());
			}
		}
		else if (this.incident != null && this.incident.isActive()) {
			lines.add("The cause is not known yet");
		}
		if (this.incident != null) {
			lines.add(this.incident.signals() + " signals in " + String.join(", ", this.incident.services()));
		}
		if (this.actor != null) {
			lines.add("By " + this.actor);
		}
		if (this.comment != null) {
			lines.add(this.comment);
		}
		if (this.summary != null) {
			this.summary.incidents()
				.forEach((line) -> lines
					.add("[" + line.severity() + "] " + line.title() + " (" + line.status() + "): " + line.url()));
			if (this.summary.more() > 0) {
				lines.add("... and " + this.summary.more() + " more");
			}
		}
		return lines;
	}

}
