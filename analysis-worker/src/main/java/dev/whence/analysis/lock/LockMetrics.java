package dev.whence.analysis.lock;

import io.micrometer.core.instrument.MeterRegistry;

/** The name of the lock's metric; outcomes are acquired, busy and unguarded. */
class LockMetrics {

	private final MeterRegistry registry;

	LockMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	void count(String outcome) {
		this.registry.counter("whence.analysis.lock", "outcome", outcome).increment();
	}

}
