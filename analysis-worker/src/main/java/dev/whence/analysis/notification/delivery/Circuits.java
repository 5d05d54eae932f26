package dev.whence.analysis.notification.delivery;

import java.util.Locale;
import java.util.UUID;

import dev.whence.analysis.notification.NotificationProperties;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.stereotype.Component;

/**
 * One circuit per channel, in this process: a target that fails again and again is left
 * alone for a while, whichever message is next.
 */
@Component
public class Circuits {

	private final CircuitBreakerRegistry registry;

	Circuits(NotificationProperties properties) {
		this.registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
			.slidingWindowSize(5)
			.minimumNumberOfCalls(3)
			.failureRateThreshold(60)
			.waitDurationInOpenState(properties.circuitPause())
			.permittedNumberOfCallsInHalfOpenState(1)
			.build());
	}

	CircuitBreaker of(UUID channel) {
		return this.registry.circuitBreaker(channel.toString());
	}

	void forget(UUID channel) {
		this.registry.remove(channel.toString());
	}

	/** {@code closed}, {@code open} or {@code half-open}. */
	public String state(UUID channel) {
		return this.registry.find(channel.toString())
			.map((circuit) -> circuit.getState().name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.orElse("closed");
	}

}
