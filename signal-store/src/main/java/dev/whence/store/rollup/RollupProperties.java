package dev.whence.store.rollup;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which minutes are counted, by the sender's clock.
 *
 * @param kept how long rollups are kept; what is older is not counted
 * @param ahead how far in the future a minute may lie
 */
@ConfigurationProperties("whence.signal-store.rollups")
public record RollupProperties(@DefaultValue("30d") Duration kept, @DefaultValue("10m") Duration ahead) {

	public RollupProperties {
		if (!kept.isPositive() || ahead.isNegative()) {
			throw new IllegalArgumentException(
					"whence.signal-store.rollups: kept is positive and ahead is not negative");
		}
	}

}
