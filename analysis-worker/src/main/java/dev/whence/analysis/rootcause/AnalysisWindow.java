package dev.whence.analysis.rootcause;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was compared with what.
 *
 * @param referenceMinutes blocks of normal time that the window was compared with
 */
public record AnalysisWindow(Instant start, Instant end, @JsonProperty("reference_minutes") int referenceMinutes) {
}
