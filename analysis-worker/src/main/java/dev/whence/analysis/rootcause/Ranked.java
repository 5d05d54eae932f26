package dev.whence.analysis.rootcause;

import dev.whence.analysis.evidence.Topology;

/**
 * One place of the ranking.
 *
 * @param service the service, or the instance or host itself
 */
public record Ranked(String service, Topology.Level level, double score) {
}
