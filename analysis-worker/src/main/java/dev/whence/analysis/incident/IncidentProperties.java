package dev.whence.analysis.incident;

import java.time.Duration;

import dev.whence.analysis.grouping.GroupingParameters;
import dev.whence.model.Severity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How problems become incidents.
 *
 * @param opensFrom the least severity that opens an incident
 * @param analysesFrom the least severity that is analysed
 * @param gap a longer silence separates; 120 s is what the study behind the contract used
 * @param reach the trouble of two services is one when so many calls or fewer lead from
 * one to the other
 * @param reopenWithin the same trouble so soon after a resolution opens the incident
 * again; later it is another incident, linked with the old one
 * @param believedPast a record older than this when it is received has a wrong clock and
 * counts from its receipt
 * @param believedAhead the same for records from the future
 * @param settle how long an analysis waits for the rest of the signals
 */
@ConfigurationProperties("whence.incident")
record IncidentProperties(@DefaultValue("MEDIUM") Severity opensFrom, @DefaultValue("HIGH") Severity analysesFrom,
		@DefaultValue("120s") Duration gap, @DefaultValue("2") int reach, @DefaultValue("1h") Duration reopenWithin,
		@DefaultValue("24h") Duration believedPast, @DefaultValue("10m") Duration believedAhead,
		@DefaultValue("3s") Duration settle) {

	GroupingParameters grouping() {
		return new GroupingParameters(this.gap, this.reach);
	}

	FormingRules rules() {
		return new FormingRules(this.gap, this.reach, this.opensFrom, this.analysesFrom);
	}

	Clocks clocks() {
		return new Clocks(this.believedPast, this.believedAhead);
	}

}
