package dev.whence.analysis.notification.api;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A channel as the API shows it.
 *
 * @param target where it leads, without what is secret about that
 * @param pending how many messages wait to be sent
 * @param held how many are held back
 * @param failed how many were given up in the last 24 hours
 * @param circuit of the worker that answers
 * @param secret in the answer to the creation of a webhook whose secret was made here
 */
record ChannelView(UUID id, String name, String kind, boolean enabled, String target,
		@JsonProperty("rate_limit") ChannelBody.RateLimit rateLimit, @JsonProperty("created_at") Instant createdAt,
		@JsonProperty("updated_at") Instant updatedAt, int pending, int held, int failed,
		@JsonProperty("last_sent_at") @Nullable Instant lastSentAt,
		@JsonProperty("last_error") @Nullable String lastError, String circuit,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

	ChannelView withSecret(@Nullable String secret) {
		return new ChannelView(this.id, this.name, this.kind, this.enabled, this.target, this.rateLimit, this.createdAt,
				this.updatedAt, this.pending, this.held, this.failed, this.lastSentAt, this.lastError, this.circuit,
				secret);
	}

}
