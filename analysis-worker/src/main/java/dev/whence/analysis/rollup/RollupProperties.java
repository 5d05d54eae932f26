package dev.whence.analysis.rollup;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When minutes are counted.
 *
 * @param settle how long nothing must have been announced for a minute before its count
 * is final; at least the five seconds in which ingest does not repeat itself and the ten
 * that a commit takes at most
 */
@ConfigurationProperties("whence.analysis.rollup")
record RollupProperties(@DefaultValue("20s") Duration settle) {

	private static final Duration LEAST = Duration.ofSeconds(15);

	RollupProperties {
		if (settle.compareTo(LEAST) < 0) {
			throw new IllegalArgumentException(
					"whence.analysis.rollup.settle is at least " + LEAST + ", this one is " + settle);
		}
	}

}
