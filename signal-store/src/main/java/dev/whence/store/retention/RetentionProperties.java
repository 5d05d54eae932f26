package dev.whence.store.retention;

import dev.whence.store.RetentionChoices;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * For how many days telemetry is kept where neither its project nor the installation
 * chose otherwise.
 */
@ConfigurationProperties("whence.signal-store.retention")
public record RetentionProperties(@DefaultValue("30") int logs, @DefaultValue("30") int traces,
		@DefaultValue("30") int metrics) {

	public RetentionProperties {
		require("logs", logs);
		require("traces", traces);
		require("metrics", metrics);
	}

	private static void require(String name, int days) {
		if (days < 1 || days > RetentionChoices.MOST_DAYS) {
			throw new IllegalArgumentException("whence.signal-store.retention." + name + " is between 1 and "
					+ RetentionChoices.MOST_DAYS + " days, this one is " + days);
		}
	}

}
