package dev.whence.analysis.notification.message;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An incident as messages tell it.
 *
 * @param status {@code open}, {@code investigating}, {@code snoozed}, {@code resolved},
 * {@code closed} or {@code merged}
 * @param signals how many signals were folded into it
 * @param url its page
 */
public record IncidentFacts(UUID id, String title, String status, String severity,
		@JsonProperty("first_seen") Instant firstSeen, @JsonProperty("last_seen") Instant lastSeen,
		List<String> services, long signals, long version, String url) {

	/** Whether the trouble is still on. */
	@JsonIgnore
	public boolean isActive() {
		return switch (this.status) {
			case "resolved", "closed", "merged" -> false;
			default -> true;
		};
	}

}
