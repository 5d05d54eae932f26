package dev.whence.analysis.detection;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How trouble that nothing reports is looked for.
 *
 * @param enabled whether it is
 * @param oldest a minute that is longer ago is history, not trouble: what is replayed or
 * comes very late opens nothing
 */
@Validated
@ConfigurationProperties("whence.detection")
record DetectionProperties(@DefaultValue("true") boolean enabled, @DefaultValue("24h") Duration oldest) {
}
