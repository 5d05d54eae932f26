package dev.whence.query.rejected;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.store.rejected.RejectedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record as the query API shows it.
 *
 * @param reason {@code malformed}, {@code invalid-field}, {@code limit},
 * {@code too-large}, {@code unsupported-type} or {@code conflict}
 * @param message what is wrong, naming the field
 * @param excerpt the beginning of what was sent
 */
record RejectedView(@JsonProperty("received_at") Instant receivedAt, String transport,
		@JsonProperty("signal_type") String signalType, String reason, String message,
		@JsonProperty("service_name") @Nullable String serviceName,
		@JsonProperty("signal_id") @Nullable String signalId, @Nullable String excerpt) {

	static RejectedView from(RejectedRecord record) {
		return new RejectedView(record.receivedAt(), record.transport().wireName(), record.signalType(),
				record.reason().wireName(), record.message(), record.serviceName(), record.signalId(),
				record.excerpt());
	}

}
