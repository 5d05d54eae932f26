package dev.whence.instrumenter.usage;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How uses are counted.
 *
 * @param migrate whether this process creates and upgrades the schema
 * @param queue how many wait while the database is down; more are dropped and counted
 * @param retry how long to wait after a failed write
 */
@ConfigurationProperties("whence.instrumenter.usage")
record UsageProperties(@DefaultValue("true") boolean enabled, @DefaultValue("true") boolean migrate,
		@DefaultValue("10000") int queue, @DefaultValue("5s") Duration retry) {

	UsageProperties {
		if (queue < 1 || retry.isNegative() || retry.isZero()) {
			throw new IllegalArgumentException("whence.instrumenter.usage: queue and retry are positive");
		}
	}

}
