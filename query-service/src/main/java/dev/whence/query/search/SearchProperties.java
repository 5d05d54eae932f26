package dev.whence.query.search;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What searching may cost.
 *
 * @param time of one question
 * @param bytes of closed telemetry that one question reads
 * @param atOnce how many questions are worked on at the same time
 * @param tails how many live streams may be open
 */
@Validated
@ConfigurationProperties("whence.query.search")
record SearchProperties(@DefaultValue("2s") Duration time, @DefaultValue("256MB") DataSize bytes,
		@DefaultValue("4") @Min(1) @Max(1_000) int atOnce, @DefaultValue("20") @Min(0) @Max(10_000) int tails) {
}
