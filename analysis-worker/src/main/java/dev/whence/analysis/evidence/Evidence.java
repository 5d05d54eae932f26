package dev.whence.analysis.evidence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One reason to suspect somebody.
 *
 * @param strength how surprising this is in normal time: -log10 of a tail probability, so
 * that all classes share one scale
 * @param statement one sentence for a person, with the figures
 * @param signals the signals that prove it, a few
 * @param traceId a trace in which to look at them
 * @param query path and query of the request that shows the data again, relative to the
 * gateway; null when there is none
 * @param at when it was first seen in the window
 * @param peer the other end, for evidence about a call
 */
public record Evidence(EvidenceClass kind, Suspect suspect, double strength, String statement, List<UUID> signals,
		@Nullable String traceId, @Nullable String query, @Nullable Instant at, @Nullable String peer) {
}
