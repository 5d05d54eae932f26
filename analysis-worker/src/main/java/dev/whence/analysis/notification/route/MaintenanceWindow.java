package dev.whence.analysis.notification.route;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.whence.model.ProjectId;

/**
 * A time in which nothing is sent.
 *
 * @param services about incidents that affect one of these; empty for all
 */
public record MaintenanceWindow(UUID id, ProjectId project, List<String> services, Instant from, Instant to,
		String reason, String createdBy, Instant createdAt) {

	public MaintenanceWindow {
		services = List.copyOf(services);
	}

	/** {@code planned}, {@code active} or {@code ended}. */
	public String state(Instant now) {
		return now.isBefore(this.from) ? "planned" : now.isBefore(this.to) ? "active" : "ended";
	}

}
