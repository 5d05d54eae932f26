package dev.whence.ingest.intake;

import java.util.Locale;

import dev.whence.store.WriteOutcome;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * The counters of the intake. {@code whence.ingest.signals} by type and outcome adds up:
 * stored + duplicate + conflict + rejected = received. What is rejected is counted where
 * it is recorded.
 */
@Component
class IntakeMetrics {

	private static final String SIGNALS = "whence.ingest.signals";

	private static final String SANITIZED = "whence.ingest.sanitized.texts";

	private final MeterRegistry registry;

	IntakeMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	void accepted(String type, WriteOutcome outcome, int count) {
		this.registry.counter(SIGNALS, "type", type, "outcome", outcome.name().toLowerCase(Locale.ROOT),
				// Prometheus wants the same tags on every counter of one name.
				"reason", "none")
			.increment(count);
	}

	void sanitized(int count) {
		if (count > 0) {
			this.registry.counter(SANITIZED).increment(count);
		}
	}

}
