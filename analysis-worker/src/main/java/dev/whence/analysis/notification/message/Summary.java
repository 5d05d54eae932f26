package dev.whence.analysis.notification.message;

import java.util.List;
import java.util.UUID;

/**
 * What was held back.
 *
 * @param reason why
 * @param held how many messages
 * @param incidents what the newest of them were about, each incident once
 * @param more how many further incidents there are
 */
public record Summary(String reason, int held, List<Line> incidents, int more) {

	/**
	 * One incident.
	 *
	 * @param type of the newest message about it
	 */
	public record Line(UUID id, String title, String severity, String status, NotificationType type, String url) {
	}

}
