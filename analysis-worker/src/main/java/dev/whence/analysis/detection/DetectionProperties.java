package dev.whence.analysis.detection;

import java.time.Duration;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How trouble that nothing reports is looked for.
 *
 * @param enabled whether it is
 * @param oldest a minute that is longer ago is history, not trouble: what is replayed or
 * comes very late opens nothing
 * @param objective the share of a service's requests that should succeed; errors that use
 * up what is left of it too fast are critical
 */
@Validated
@ConfigurationProperties("whence.detection")
record DetectionProperties(@DefaultValue("true") boolean enabled, @DefaultValue("24h") Duration oldest,
		@DefaultValue("0.99") @DecimalMin("0.5") @DecimalMax("0.99999") double objective) {
}
