package dev.whence.analysis.notification.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.analysis.notification.message.NotificationType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A delivery as the log shows it. */
record DeliveryView(UUID id, @JsonProperty("channel_id") UUID channelId,
		@JsonProperty("channel_name") String channelName, String kind, NotificationType type,
		@JsonProperty("incident_id") @Nullable UUID incidentId,
		@JsonProperty("incident_title") @Nullable String incidentTitle, String state, int attempts,
		@JsonProperty("created_at") Instant createdAt, @JsonProperty("due_at") @Nullable Instant dueAt,
		@JsonProperty("sent_at") @Nullable Instant sentAt, @JsonProperty("last_status") @Nullable Integer lastStatus,
		@JsonProperty("last_detail") @Nullable String lastDetail, @JsonProperty("summary_id") @Nullable UUID summaryId,
		@JsonProperty("held_by") @Nullable String heldBy,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Attempt> log,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode message) {

	/** One try. */
	record Attempt(Instant at, @Nullable Integer status, String outcome, String detail, @Nullable String response,
			@JsonProperty("took_ms") int tookMs) {
	}

	DeliveryView with(List<Attempt> log, @Nullable JsonNode message) {
		return new DeliveryView(this.id, this.channelId, this.channelName, this.kind, this.type, this.incidentId,
				this.incidentTitle, this.state, this.attempts, this.createdAt, this.dueAt, this.sentAt, this.lastStatus,
				this.lastDetail, this.summaryId, this.heldBy, log, message);
	}

}
