package dev.whence.query.signal;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.Signal;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * A signal as the query API shows it.
 *
 * @param payload the signal as a native client would have sent it
 */
public record SignalView(UUID id, @JsonProperty("signal_type") String signalType,
		@JsonProperty("trace_id") @Nullable String traceId, @JsonProperty("service_name") String serviceName,
		Instant timestamp, Map<String, @Nullable Object> payload) {

	public static SignalView from(Signal signal) {
		TraceId trace = signal.traceId();
		return new SignalView(signal.signalId(), signal.type().wireName(), (trace != null) ? trace.value() : null,
				signal.serviceName(), signal.timestamp(), NativePayload.of(signal));
	}

}
