package dev.whence.query.signal;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.whence.model.Signal;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * A signal as the query API shows it.
 *
 * @param payload the signal as a native client would have sent it
 * @param spanIdReused true for a span whose id another span of its trace has as well; not
 * said where it is not so or was not looked for
 */
public record SignalView(UUID id, @JsonProperty("signal_type") String signalType,
		@JsonProperty("trace_id") @Nullable String traceId, @JsonProperty("service_name") String serviceName,
		Instant timestamp, Map<String, @Nullable Object> payload,
		@JsonProperty("span_id_reused") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean spanIdReused) {

	public static SignalView from(Signal signal) {
		TraceId trace = signal.traceId();
		return new SignalView(signal.signalId(), signal.type().wireName(), (trace != null) ? trace.value() : null,
				signal.serviceName(), signal.timestamp(), NativePayload.of(signal), null);
	}

	/** The same, flagged. */
	public SignalView withReusedSpanId() {
		return new SignalView(this.id, this.signalType, this.traceId, this.serviceName, this.timestamp, this.payload,
				true);
	}

}
