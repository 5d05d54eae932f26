package dev.whence.query.incident;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one can ask for as the status of an incident: the original's four, and the states
 * that are told apart beside them. Each stands for one or two of what is stored.
 */
enum IncidentStatus {

	OPEN("OPEN"), INVESTIGATING("INVESTIGATING", "SNOOZED"), ACKNOWLEDGED("INVESTIGATING"), SNOOZED("SNOOZED"),
	RESOLVED("RESOLVED"), CLOSED("CLOSED", "MERGED"), MERGED("MERGED");

	private final List<String> stored;

	IncidentStatus(String... stored) {
		this.stored = List.of(stored);
	}

	/** What is stored, for any of them. */
	static Set<String> stored(List<IncidentStatus> statuses) {
		Set<String> stored = new TreeSet<>();
		statuses.forEach((status) -> stored.addAll(status.stored));
		return stored;
	}

	/** The original's word for what is stored. */
	static String original(String stored) {
		return Arrays.stream(new IncidentStatus[] { OPEN, INVESTIGATING, RESOLVED, CLOSED })
			.filter((status) -> status.stored.contains(stored))
			.findFirst()
			.map((status) -> status.name().toLowerCase(Locale.ROOT))
			.orElseGet(() -> stored.toLowerCase(Locale.ROOT));
	}

}
