package dev.whence.gateway.lane;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.fallback.FailureReports;
import dev.whence.gateway.fallback.RetryAdvice;
import dev.whence.gateway.limit.BodyLimit;
import dev.whence.gateway.limit.ClientLimits;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** What all calls of the lane share. */
record Calls(ClientLimits limits, BodyLimit body, BytesInFlight inFlight, Deadlines deadlines, Bulkhead bulkhead,
		CircuitBreaker breaker, IngestClient client, FailureReports reports, RetryAdvice advice, LaneMetrics metrics) {
}
