package dev.whence.gateway.lane;

import dev.whence.gateway.clock.Deadlines;
import dev.whence.gateway.fallback.FailureReports;
import dev.whence.gateway.fallback.RetryAdvice;
import dev.whence.gateway.limit.BodyLimit;
import dev.whence.gateway.limit.ClientLimits;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What all calls of the lane share. */
record Calls(ClientLimits limits, BodyLimit body, BytesInFlight inFlight, Deadlines deadlines, Bulkhead bulkhead,
		CircuitBreaker breaker, IngestClient client, FailureReports reports, RetryAdvice advice, LaneMetrics metrics) {

	Mono<Void> begin(HttpServerRequest request, HttpServerResponse response, LanePath path, long length) {
		return new Call(this, request, response, path, length).begin();
	}

}
