package dev.whence.analysis.job;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs run in this process.
 *
 * @param concurrency how many run at once that somebody waits for
 * @param background how many run at once beside them that can wait
 * @param lease after this without a sign of life another worker takes the job over
 * @param poll how often due work is looked for without being woken
 * @param sweep how often the store is searched for problems that the wire forgot
 */
@Validated
@ConfigurationProperties("whence.analysis.job")
record JobProperties(@DefaultValue("4") @Min(1) int concurrency, @DefaultValue("1") @Min(0) int background,
		@DefaultValue("30s") Duration lease, @DefaultValue("500ms") Duration poll,
		@DefaultValue("30s") Duration sweep) {
}
