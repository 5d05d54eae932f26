package dev.whence.ingest.rejected;

import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * {@code whence.ingest.signals} with outcome {@code rejected} counts every record;
 * {@code whence.ingest.rejected.unlisted} those that nobody can look at, and why.
 */
@Component
class RejectedMetrics {

	private static final String SIGNALS = "whence.ingest.signals";

	private static final String UNLISTED = "whence.ingest.rejected.unlisted";

	private final MeterRegistry registry;

	RejectedMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	void rejected(Rejections.Kind kind, int count) {
		this.registry.counter(SIGNALS, "type", kind.type(), "outcome", "rejected", "reason", kind.reason().wireName())
			.increment(count);
	}

	void unlisted(Cause cause, int count) {
		if (count > 0) {
			this.registry.counter(UNLISTED, "cause", cause.name().toLowerCase(Locale.ROOT)).increment(count);
		}
	}

	/** Why a rejected record is counted and not listed. */
	enum Cause {

		/** Beyond what is kept of one request, or of one minute. */
		SAMPLED,

		/** The writer is behind. */
		OVERFLOW,

		/** The database did not take it. */
		FAILED

	}

}
