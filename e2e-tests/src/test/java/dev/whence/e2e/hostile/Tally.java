package dev.whence.e2e.hostile;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Counts what became of the cases, by group. */
final class Tally {

	private final Map<String, Map<Outcome, Integer>> groups = new LinkedHashMap<>();

	synchronized void add(String group, Outcome outcome) {
		this.groups.computeIfAbsent(group, (_) -> new EnumMap<>(Outcome.class)).merge(outcome, 1, Integer::sum);
	}

	/** A line per group and one for all. */
	synchronized String table() {
		StringBuilder table = new StringBuilder(row("group", "cases", "as proposed", "decided otherwise", "failed"));
		Map<Outcome, Integer> all = new EnumMap<>(Outcome.class);
		this.groups.forEach((group, counts) -> {
			table.append(row(group, counts));
			counts.forEach((outcome, count) -> all.merge(outcome, count, Integer::sum));
		});
		table.append(row("all", all));
		return table.toString();
	}

	private static String row(String group, Map<Outcome, Integer> counts) {
		return row(group, counts.values().stream().mapToInt(Integer::intValue).sum(),
				counts.getOrDefault(Outcome.AS_PROPOSED, 0), counts.getOrDefault(Outcome.DECIDED_OTHERWISE, 0),
				counts.getOrDefault(Outcome.FAILED, 0));
	}

	private static String row(Object... cells) {
		return String.format(Locale.ROOT, "%-14s %6s %12s %18s %7s%n", cells);
	}

	/** What became of a case. */
	enum Outcome {

		AS_PROPOSED, DECIDED_OTHERWISE, FAILED

	}

}
