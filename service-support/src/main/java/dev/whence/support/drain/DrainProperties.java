package dev.whence.support.drain;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service leaves.
 *
 * @param time for which it goes on answering after it was told to end (SIGTERM), up to 20
 * s; longer than the gateway keeps a connection that is not in use (4 s), if nobody may
 * notice that a replica goes. None by default: whoever stops a single process has nobody
 * who takes over
 */
@ConfigurationProperties("whence.drain")
record DrainProperties(@DefaultValue("0s") Duration time) {

	/** A phase of the shutdown may take 25 s (service-defaults.yaml). */
	private static final Duration LONGEST = Duration.ofSeconds(20);

	DrainProperties {
		if (time.isNegative() || time.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"whence.drain.time is between 0s and 20s, this one is " + time.toSeconds() + "s");
		}
	}

}
