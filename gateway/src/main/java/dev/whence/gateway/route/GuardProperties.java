package dev.whence.gateway.route;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the gateway protects itself and a struggling service.
 *
 * @param timeLimit from the end of the request's body to the head of the answer; between
 * the client's 10 s and the services' 6 s
 * @param concurrency requests that may be under way to one service at the same time
 * @param breakerWindow how many of the last calls decide
 * @param breakerMinimumCalls below this many calls the breaker stays closed
 * @param breakerFailureRate percentage of calls without an answer at which it opens
 * @param breakerOpenFor how long it then answers at once, before it tries again
 */
@Validated
@ConfigurationProperties("whence.gateway.guard")
public record GuardProperties(@DurationMin(millis = 1) @DefaultValue("8s") Duration timeLimit,
		@Min(1) @DefaultValue("512") int concurrency, @Min(1) @DefaultValue("50") int breakerWindow,
		@Min(1) @DefaultValue("20") int breakerMinimumCalls,
		@Min(1) @Max(100) @DefaultValue("50") int breakerFailureRate,
		@DurationMin(millis = 1) @DefaultValue("2s") Duration breakerOpenFor) {
}
