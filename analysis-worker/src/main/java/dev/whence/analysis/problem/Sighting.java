package dev.whence.analysis.problem;

import java.time.Instant;

import dev.whence.model.Severity;

/** One kind of problem as it was seen somewhere: when first, when last, how grave. */
public record Sighting(String fingerprint, String service, String title, Severity severity, Instant firstSeen,
		Instant lastSeen) {
}
