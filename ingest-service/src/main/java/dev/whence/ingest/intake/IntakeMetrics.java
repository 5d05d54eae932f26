package dev.whence.ingest.intake;

import java.util.Locale;

import dev.whence.model.SignalType;
import dev.whence.store.WriteOutcome;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * The counters of the intake. {@code whence.ingest.signals} by type and outcome adds up:
 * stored + duplicate + conflict + rejected = received.
 */
@Component
class IntakeMetrics {

	private static final String SIGNALS = "whence.ingest.signals";

	private static final String SANITIZED = "whence.ingest.sanitized.texts";

	private final MeterRegistry registry;

	IntakeMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	void accepted(SignalType type, WriteOutcome outcome, int count) {
		this.registry.counter(SIGNALS, "type", type.wireName(), "outcome", outcome.name().toLowerCase(Locale.ROOT))
			.increment(count);
	}

	void rejected(String type, int count) {
		this.registry.counter(SIGNALS, "type", type, "outcome", "rejected").increment(count);
	}

	void sanitized(int count) {
		if (count > 0) {
			this.registry.counter(SANITIZED).increment(count);
		}
	}

}
