package dev.whence.analysis.incident;

import java.time.Duration;

import dev.whence.model.Severity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How problems become incidents.
 *
 * @param opensFrom the least severity that opens an incident
 * @param analysesFrom the least severity that is analysed
 * @param gap problems further apart than this do not belong together because they look
 * alike; 120 s is what the study behind the contract used
 * @param settle how long an analysis waits for the rest of the signals
 */
@ConfigurationProperties("whence.incident")
record IncidentProperties(@DefaultValue("MEDIUM") Severity opensFrom, @DefaultValue("HIGH") Severity analysesFrom,
		@DefaultValue("120s") Duration gap, @DefaultValue("3s") Duration settle) {
}
