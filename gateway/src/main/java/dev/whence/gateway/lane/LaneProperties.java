package dev.whence.gateway.lane;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The short way to ingest. It is off unless asked for: clients that announce much and
 * send slowly take its room from all others (ADR 020).
 *
 * @param enabled whether there is one; everything goes through the router otherwise
 * @param largestBody announced bodies beyond it go through the router, which hands them
 * on in parts; those of the lane are in memory as a whole
 * @param inFlight how much the bodies in the lane may take together; beyond it requests
 * are refused before their bodies are read
 */
@Validated
@ConfigurationProperties("whence.gateway.lane")
record LaneProperties(@DefaultValue("false") boolean enabled, @DefaultValue("1MB") DataSize largestBody,
		@DefaultValue("64MB") DataSize inFlight) {
}
