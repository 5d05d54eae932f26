package dev.whence.gateway.route;

import java.time.Duration;

import dev.whence.model.ProblemException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * One breaker and one bulkhead for each service behind. An answer of any status counts as
 * a success of the breaker: a service that says 503 is alive, and its own
 * {@code Retry-After} is the better advice.
 */
public final class Guards {

	private final Duration timeLimit;

	private final CircuitBreakerRegistry breakers;

	private final BulkheadRegistry bulkheads;

	Guards(GuardProperties properties) {
		this.timeLimit = properties.timeLimit();
		this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
			.slidingWindowSize(properties.breakerWindow())
			.minimumNumberOfCalls(properties.breakerMinimumCalls())
			.failureRateThreshold(properties.breakerFailureRate())
			.waitDurationInOpenState(properties.breakerOpenFor())
			.permittedNumberOfCallsInHalfOpenState(5)
			.automaticTransitionFromOpenToHalfOpenEnabled(true)
			// A caller's own mistake says nothing about the service.
			.ignoreExceptions(ProblemException.class)
			.build());
		this.bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
			.maxConcurrentCalls(properties.concurrency())
			.maxWaitDuration(Duration.ZERO)
			.writableStackTraceEnabled(false)
			.build());
	}

	/** The breaker of the service. */
	public CircuitBreaker breaker(Upstream upstream) {
		return this.breakers.circuitBreaker(upstream.id());
	}

	/** What bounds the requests under way to the service. */
	public Bulkhead bulkhead(Upstream upstream) {
		return this.bulkheads.bulkhead(upstream.id());
	}

	/** From the end of a request's body to the head of its answer. */
	public Duration timeLimit() {
		return this.timeLimit;
	}

	void bindTo(MeterRegistry meters) {
		TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(this.breakers).bindTo(meters);
		TaggedBulkheadMetrics.ofBulkheadRegistry(this.bulkheads).bindTo(meters);
	}

}
