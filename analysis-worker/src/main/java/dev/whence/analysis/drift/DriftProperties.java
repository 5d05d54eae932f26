package dev.whence.analysis.drift;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How decision runs are watched.
 *
 * @param enabled whether they are
 */
@ConfigurationProperties("whence.drift")
record DriftProperties(@DefaultValue("true") boolean enabled) {
}
