package dev.whence.analysis.rootcause;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When incidents are analysed.
 *
 * @param rest how long an incident that keeps growing is left alone between two analyses
 */
@ConfigurationProperties("whence.analysis.cause")
record AnalysisProperties(@DefaultValue("10s") Duration rest) {

	AnalysisProperties {
		if (rest.isNegative()) {
			throw new IllegalArgumentException("whence.analysis.cause.rest is not negative, this one is " + rest);
		}
	}

}
