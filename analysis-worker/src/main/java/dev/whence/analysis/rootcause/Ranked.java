package dev.whence.analysis.rootcause;

import java.util.List;

import dev.whence.analysis.evidence.Topology;

/**
 * One place of the ranking.
 *
 * @param service the service, or the instance or host itself
 */
public record Ranked(String service, Topology.Level level, double score) {

	/** Who shares the first place of a ranking; nobody where it is empty. */
	static List<String> first(List<Ranked> ranking) {
		return ranking.stream()
			.filter((ranked) -> ranked.score() == ranking.getFirst().score())
			.map(Ranked::service)
			.toList();
	}

}
