package dev.whence.analysis.detection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.Severity;

/**
 * Something that a minute shows and normal ones do not.
 *
 * @param kind what deviates, in one word
 * @param subject what else tells it from others of its kind and operation, may be empty
 * @param lasting how long it had deviated when this minute began
 * @param strength how surprising it is in normal time: -log10 of a tail probability
 * @param statement one sentence with the figures
 */
record Deviation(Kind kind, String service, String operation, String subject, Severity severity, Duration lasting,
		double strength, String statement) {

	/** What a single minute shows. */
	Deviation(Kind kind, String service, String operation, String subject, Severity severity, double strength,
			String statement) {
		this(kind, service, operation, subject, severity, Duration.ZERO, strength, statement);
	}

	/** The kinds, as their observations are named. */
	enum Kind {

		ERROR_RATIO("ErrorRatio"), LATENCY("Latency"), TRAFFIC("Traffic"), CONDUCT("Conduct"), GAP("CallTime"),
		OWN("OwnTime"),
		/** Minutes on end are seen at once, and points may be minutes apart. */
		SERIES("Series", 1, 11);

		/** What spans show. */
		static final Set<Kind> OF_SPANS = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Kind.SERIES)));

		/** Prometheus would say {@code for: 1m}: the second evaluation fires. */
		private static final int FIRES_AFTER = 2;

		/** Prometheus would say {@code keep_firing_for: 3m}. */
		private static final int ENDS_AFTER = 3;

		private final String alertName;

		private final int firesAfter;

		private final int endsAfter;

		Kind(String alertName) {
			this(alertName, FIRES_AFTER, ENDS_AFTER);
		}

		Kind(String alertName, int firesAfter, int endsAfter) {
			this.alertName = alertName;
			this.firesAfter = firesAfter;
			this.endsAfter = endsAfter;
		}

		String alertName() {
			return this.alertName;
		}

		/** So many deviating minutes on end are a firing. */
		int firesAfter() {
			return this.firesAfter;
		}

		/** So many other minutes on end are its end. */
		int endsAfter() {
			return this.endsAfter;
		}

	}

	Deviation as(Severity severity) {
		return new Deviation(this.kind, this.service, this.operation, this.subject, severity, this.lasting,
				this.strength, this.statement);
	}

	/** The name of its alert: that of a metric is the metric's. */
	String alertName() {
		return (this.kind == Kind.SERIES) ? this.subject : this.kind.alertName();
	}

	/** The same for the same deviation in every minute, and short whatever it names. */
	String fingerprint() {
		return fingerprint(this.kind, this.service, this.operation, this.subject);
	}

	static String fingerprint(Kind kind, String service, String operation, String subject) {
		return "detection-" + UUID.nameUUIDFromBytes(
				String.join("\0", kind.alertName(), service, operation, subject).getBytes(StandardCharsets.UTF_8));
	}

}
