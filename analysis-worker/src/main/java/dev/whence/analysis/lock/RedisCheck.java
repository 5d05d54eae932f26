package dev.whence.analysis.lock;

import dev.whence.support.health.DependencyCheck;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** Names Redis in the readiness answer; the worker is of use without it. */
class RedisCheck implements DependencyCheck {

	private final CircuitBreaker breaker;

	RedisCheck(CircuitBreaker breaker) {
		this.breaker = breaker;
	}

	@Override
	public String name() {
		return "redis";
	}

	@Override
	public boolean required() {
		return false;
	}

	@Override
	public void check() {
		if (this.breaker.getState() != CircuitBreaker.State.CLOSED) {
			throw new IllegalStateException("the last questions went unanswered; analyses run without a lock");
		}
	}

}
