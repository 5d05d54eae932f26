package dev.whence.query.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.whence.model.Signal;

/**
 * What sets some signals apart from others: the values that they have more often.
 *
 * @param selected how many of those in question were examined, the newest
 * @param baseline how many of the others
 */
record Comparison(int selected, int baseline, List<Difference> attributes, @JsonUnwrapped Completeness completeness) {

	private static final int MOST = 50;

	/** The 97.5 % quantile of the normal distribution. */
	private static final double Z = 1.96;

	/**
	 * A value that is more frequent among those in question.
	 *
	 * @param score how much more frequent it is at least, from 0 to 1: the lower end of
	 * the 95 % interval of the difference of both shares (Newcombe: Interval estimation
	 * for the difference between independent proportions, 1998, method 10)
	 * @param search finds the signals that have it
	 */
	record Difference(String field, String value, @JsonProperty("selected_share") double selectedShare,
			@JsonProperty("baseline_share") double baselineShare, double score, String search) {
	}

	static Comparison of(List<Signal> selected, List<Signal> baseline, Completeness completeness) {
		Map<FieldValue, Integer> some = count(selected);
		Map<FieldValue, Integer> others = count(baseline);
		List<Difference> differences = new ArrayList<>();
		Set<FieldValue> all = new HashSet<>(some.keySet());
		for (FieldValue one : all) {
			int here = some.getOrDefault(one, 0);
			int there = others.getOrDefault(one, 0);
			double score = lowerEnd(here, selected.size(), there, baseline.size());
			if (score > 0) {
				differences.add(new Difference(one.field(), one.value(), (double) here / selected.size(),
						baseline.isEmpty() ? 0 : (double) there / baseline.size(), score,
						Attributes.search(one.field(), one.value())));
			}
		}
		differences.sort(Comparator.comparingDouble(Difference::score)
			.reversed()
			.thenComparing(Difference::field)
			.thenComparing(Difference::value));
		return new Comparison(selected.size(), baseline.size(), differences.stream().limit(MOST).toList(),
				completeness);
	}

	private static Map<FieldValue, Integer> count(List<Signal> signals) {
		Map<FieldValue, Integer> counts = new HashMap<>();
		signals.forEach((signal) -> Attributes.of(signal)
			.forEach((field, value) -> counts.merge(new FieldValue(field, value), 1, Integer::sum)));
		return counts;
	}

	static double lowerEnd(int some, int of, int others, int ofOthers) {
		if (of == 0 || ofOthers == 0) {
			return 0;
		}
		double p = (double) some / of;
		double q = (double) others / ofOthers;
		double below = p - wilson(p, of, -1);
		double above = wilson(q, ofOthers, 1) - q;
		return p - q - Math.sqrt(below * below + above * above);
	}

	/** One end of Wilson's interval of a share. */
	private static double wilson(double share, int count, int sign) {
		double square = Z * Z;
		double middle = share + square / (2 * count);
		double half = Z * Math.sqrt(share * (1 - share) / count + square / (4.0 * count * count));
		return (middle + sign * half) / (1 + square / count);
	}

	private record FieldValue(String field, String value) {
	}

}
