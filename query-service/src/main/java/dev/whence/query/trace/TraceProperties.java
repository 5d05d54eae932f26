package dev.whence.query.trace;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of a trace.
 *
 * @param maxSignals how many signals one answer holds at most
 */
@Validated
@ConfigurationProperties("whence.query.trace")
record TraceProperties(@DefaultValue("10000") @Min(1) @Max(100_000) int maxSignals) {
}
