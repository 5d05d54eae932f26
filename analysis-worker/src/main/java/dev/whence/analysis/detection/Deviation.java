package dev.whence.analysis.detection;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.whence.model.Severity;

/**
 * Something that a minute shows and normal ones do not.
 *
 * @param kind what deviates, in one word
 * @param subject what else tells it from others of its kind and operation, may be empty
 * @param strength how surprising it is in normal time: -log10 of a tail probability
 * @param statement one sentence with the figures
 */
record Deviation(Kind kind, String service, String operation, String subject, Severity severity, double strength,
		String statement) {

	/** The kinds, as their observations are named. */
	enum Kind {

		ERROR_RATIO("ErrorRatio"), LATENCY("Latency"), TRAFFIC("Traffic"), CONDUCT("Conduct"), GAP("CallTime"),
		OWN("OwnTime");

		private final String alertName;

		Kind(String alertName) {
			this.alertName = alertName;
		}

		String alertName() {
			return this.alertName;
		}

	}

	/** The same for the same deviation in every minute, and short whatever it names. */
	String fingerprint() {
		return "detection-" + UUID
			.nameUUIDFromBytes(String.join("\0", this.kind.alertName(), this.service, this.operation, this.subject)
				.getBytes(StandardCharsets.UTF_8));
	}

}
