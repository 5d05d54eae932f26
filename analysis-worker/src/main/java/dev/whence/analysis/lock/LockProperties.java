package dev.whence.analysis.lock;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How workers keep out of each other's way.
 *
 * @param kind {@code redisson} among processes, {@code in-process} within one
 * @param lease how long a dead or stalled holder still keeps others out; renewed three
 * times within it
 * @param timeout how long one question to Redis may take before work goes on unguarded
 * @param retryAfter how long Redis is left alone after it failed repeatedly
 */
@Validated
@ConfigurationProperties("whence.analysis.lock")
record LockProperties(@DefaultValue("redisson") Kind kind, @NotNull @DefaultValue("30s") Duration lease,
		@NotNull @DefaultValue("500ms") Duration timeout, @NotNull @DefaultValue("5s") Duration retryAfter) {

	enum Kind {

		REDISSON, IN_PROCESS

	}

}
