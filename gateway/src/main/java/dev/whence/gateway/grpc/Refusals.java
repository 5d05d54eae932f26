package dev.whence.gateway.grpc;

import dev.whence.model.ProblemCode;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Refuses calls that never become a request, and counts them together with the requests
 * that the gateway answers itself.
 */
record Refusals(MeterRegistry meters) {

	Refusal of(ProblemCode code, String message) {
		this.meters.counter("whence.gateway.refused", "code", code.code()).increment();
		return Refusal.of(code.status(), message, null);
	}

}
