package dev.whence.query.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.whence.model.Signal;

/**
 * Which values the newest signals that match have.
 *
 * @param examined how many signals these are
 * @param more whether others match, which were not looked at
 */
record Facets(List<Facet> facets, int examined, boolean more, @JsonUnwrapped Completeness completeness) {

	/** Fields of an answer, unless they are named. */
	private static final int MOST_FIELDS = 20;

	private static final int MOST_VALUES = 12;

	private static final List<String> FIRST = List.of("service", "level", "status", "name", "kind");

	/**
	 * One field.
	 *
	 * @param others how many signals have values beyond those that are listed
	 */
	record Facet(String field, List<Value> values, long others) {
	}

	/**
	 * A value.
	 *
	 * @param search finds the signals that have it
	 */
	record Value(String value, long count, String search) {
	}

	/**
	 * @param wanted the fields; empty for those that most signals have
	 */
	static Facets of(List<Signal> signals, boolean more, Set<String> wanted, Completeness completeness) {
		Map<String, Map<String, Long>> counts = new HashMap<>();
		for (Signal signal : signals) {
			Attributes.of(signal).forEach((field, value) -> {
				if (wanted.isEmpty() || wanted.contains(field)) {
					counts.computeIfAbsent(field, (_) -> new HashMap<>()).merge(value, 1L, Long::sum);
				}
			});
		}
		List<Facet> facets = new ArrayList<>();
		counts.forEach((field, values) -> facets.add(facet(field, values)));
		facets.sort(Comparator.comparingInt((Facet facet) -> place(facet.field()))
			.thenComparing(Facets::total, Comparator.reverseOrder())
			.thenComparing(Facet::field));
		// A value of its own for each signal is nothing to choose by.
		facets.removeIf((facet) -> wanted.isEmpty() && signals.size() > MOST_VALUES
				&& place(facet.field()) == FIRST.size() && facet.values().getFirst().count() == 1);
		return new Facets(facets.stream().limit(wanted.isEmpty() ? MOST_FIELDS : wanted.size()).toList(),
				signals.size(), more, completeness);
	}

	private static Facet facet(String field, Map<String, Long> counts) {
		List<Value> values = counts.entrySet()
			.stream()
			.map((entry) -> new Value(entry.getKey(), entry.getValue(), Attributes.search(field, entry.getKey())))
			.sorted(Comparator.comparingLong(Value::count).reversed().thenComparing(Value::value))
			.toList();
		return new Facet(field, values.stream().limit(MOST_VALUES).toList(),
				values.stream().skip(MOST_VALUES).mapToLong(Value::count).sum());
	}

	private static int place(String field) {
		int place = FIRST.indexOf(field);
		return (place >= 0) ? place : FIRST.size();
	}

	private static long total(Facet facet) {
		return facet.others() + facet.values().stream().mapToLong(Value::count).sum();
	}

}
