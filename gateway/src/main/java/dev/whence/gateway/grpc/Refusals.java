package dev.whence.gateway.grpc;

import dev.whence.model.ProblemCode;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls that never become a request, and counts them together with the requests
 * that the gateway answers itself.
 */
record Refusals(MeterRegistry meters) {

	Refusal of(ProblemCode code, String message) {
		return of(code, message, null);
	}

	Refusal of(ProblemCode code, String message, @Nullable String retryAfter) {
		this.meters.counter("whence.gateway.refused", "code", code.code()).increment();
		return Refusal.of(code.status(), message, retryAfter);
	}

}
