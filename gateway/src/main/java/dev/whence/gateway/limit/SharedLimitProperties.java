package dev.whence.gateway.limit;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whether the limits of keys hold for all gateways together.
 *
 * @param kind {@code redis} for all gateways together, {@code in-process} for each alone
 * @param patience how long a request may wait for Redis before it goes on with the local
 * limit alone
 * @param timeout how long one question to Redis may take
 * @param retryAfter how long Redis is left alone after it failed
 */
@Validated
@ConfigurationProperties("whence.gateway.limit.shared")
record SharedLimitProperties(@DefaultValue("redis") Kind kind,
		@DurationMin(millis = 1) @DefaultValue("5ms") Duration patience,
		@DurationMin(millis = 1) @DefaultValue("250ms") Duration timeout,
		@DurationMin(millis = 1) @DefaultValue("1s") Duration retryAfter) {

	enum Kind {

		REDIS, IN_PROCESS

	}

}
