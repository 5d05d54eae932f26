package dev.whence.control.audit;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One thing that somebody did. */
record AuditEntry(long id, Instant at, @JsonProperty("project_id") int projectId, WhoDidIt actor, String action,
		What object, JsonNode details) {

	/**
	 * The actor as they were then.
	 *
	 * @param kind account, key, operator or anonymous
	 */
	record WhoDidIt(String kind, @Nullable String id, String name) {
	}

	/** What it was done to. */
	record What(String kind, String id) {
	}

}
