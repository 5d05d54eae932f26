package dev.whence.analysis.incident;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to incidents by itself.
 *
 * @param quiet an incident that no signal joined and nobody touched for so long is over;
 * zero to leave that to people. Half an hour is fifteen times the gap by which problems
 * are told apart, so that trouble with a pulse is not resolved between two beats, and
 * short enough that a list of open incidents is a list of trouble
 * @param sweep how often it is checked what has become due
 */
@ConfigurationProperties("whence.incident.lifecycle")
record LifecycleProperties(@DefaultValue("30m") Duration quiet, @DefaultValue("15s") Duration sweep) {

	LifecycleProperties {
		if (quiet.isNegative()) {
			throw new IllegalArgumentException("whence.incident.lifecycle.quiet must not be negative: " + quiet);
		}
	}

}
