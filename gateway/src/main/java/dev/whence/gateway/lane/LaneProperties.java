package dev.whence.gateway.lane;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The short way to ingest (ADR 020).
 *
 * @param enabled whether there is one; everything goes through the router otherwise
 * @param largestBody announced bodies beyond it go through the router, which hands them
 * on in parts; those of the lane are in memory as a whole
 * @param inFlight how much of the bodies in the lane may be in memory together; beyond it
 * requests are refused, before their bodies are read if possible
 * @param patience how long a body may be arriving before it gives way when others need
 * its room; as long as there is room for all, a body may take as long as elsewhere
 */
@Validated
@ConfigurationProperties("whence.gateway.lane")
record LaneProperties(@DefaultValue("true") boolean enabled, @DefaultValue("1MB") DataSize largestBody,
		@DefaultValue("64MB") DataSize inFlight, @DurationMin(millis = 1) @DefaultValue("2s") Duration patience) {

	LaneProperties {
		if (inFlight.toBytes() < largestBody.toBytes()) {
			throw new IllegalArgumentException(
					"whence.gateway.lane.in-flight has room for one body of the largest size at least");
		}
	}

}
