package dev.whence.analysis.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * What the finders found in a scene: what speaks against somebody, what excuses somebody,
 * and who shows the trouble without having to be its cause.
 */
public final class Clues {

	/** One deterministic order, whatever order the signals came in. */
	private static final Comparator<Evidence> STRONGEST_FIRST = Comparator.comparingDouble(Evidence::strength)
		.reversed()
		.thenComparing((evidence) -> evidence.suspect().service())
		.thenComparing(Evidence::kind)
		.thenComparing(Evidence::statement)
		.thenComparing((evidence) -> evidence.signals().toString());

	private final List<Evidence> evidence = new ArrayList<>();

	private final List<Excuse> excuses = new ArrayList<>();

	private final List<Sign> signs = new ArrayList<>();

	/**
	 * Why somebody who shows trouble did not start it.
	 *
	 * @param by who explains it, empty when nobody in particular does
	 */
	public record Excuse(String service, String by, String reason) {
	}

	/** That a service was not as usual, whoever is to blame. */
	public record Sign(String service, Instant at, String statement, List<UUID> signals) {
	}

	void accuse(Evidence item) {
		if (item.strength() > 0) {
			this.evidence.add(item);
		}
	}

	void excuse(Excuse excuse) {
		this.excuses.add(excuse);
	}

	void deviates(Sign sign) {
		this.signs.add(sign);
	}

	/** The strongest first. */
	public List<Evidence> evidence() {
		return this.evidence.stream().sorted(STRONGEST_FIRST).toList();
	}

	public List<Excuse> excuses() {
		return this.excuses.stream()
			.sorted(Comparator.comparing(Excuse::service).thenComparing(Excuse::reason))
			.toList();
	}

	/** The oldest first. */
	public List<Sign> signs() {
		return this.signs.stream()
			.sorted(Comparator.comparing(Sign::at).thenComparing(Sign::service).thenComparing(Sign::statement))
			.toList();
	}

}
