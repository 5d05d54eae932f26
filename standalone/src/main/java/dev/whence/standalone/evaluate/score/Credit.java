package dev.whence.standalone.evaluate.score;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What one answer is worth. Suspects with equal scores share their places, as if a fair
 * coin had ordered them: nobody gains by giving all the same score.
 *
 * @param top the probability that the truth is among the first 1, 2, ... {@value #DEPTH}
 * @param reciprocalRank the expected value of 1 / place; 0 when the truth is not ranked
 */
public record Credit(List<Double> top, double reciprocalRank) {

	/** How far down an answer is read. */
	public static final int DEPTH = 5;

	private static final Credit NONE = new Credit(List.of(0.0, 0.0, 0.0, 0.0, 0.0), 0);

	/**
	 * Compares an answer with the truth. Case and outer blanks of names do not count, and
	 * whoever is named again is passed over.
	 */
	public static Credit of(List<Ranked> ranking, Set<String> truth) {
		Set<String> accepted = new HashSet<>();
		truth.forEach((service) -> accepted.add(normal(service)));
		List<Ranked> suspects = distinct(ranking);
		for (int i = 0; i < suspects.size(); i++) {
			if (accepted.contains(normal(suspects.get(i).service()))) {
				return tied(suspects, i);
			}
		}
		return NONE;
	}

	/** The probability that the truth is among the first so many. */
	public double top(int places) {
		return this.top.get(places - 1);
	}

	private static Credit tied(List<Ranked> suspects, int hit) {
		double score = suspects.get(hit).score();
		int from = hit;
		while (from > 0 && suspects.get(from - 1).score() == score) {
			from--;
		}
		int to = hit + 1;
		while (to < suspects.size() && suspects.get(to).score() == score) {
			to++;
		}
		List<Double> top = new ArrayList<>();
		for (int places = 1; places <= DEPTH; places++) {
			top.add((double) Math.clamp(places - from, 0, to - from) / (to - from));
		}
		double reciprocal = 0;
		for (int place = from; place < to; place++) {
			reciprocal += 1.0 / (place + 1);
		}
		return new Credit(top, reciprocal / (to - from));
	}

	private static List<Ranked> distinct(List<Ranked> ranking) {
		Set<String> seen = new HashSet<>();
		return ranking.stream().filter((suspect) -> seen.add(normal(suspect.service()))).toList();
	}

	private static String normal(String service) {
		return service.strip().toLowerCase(Locale.ROOT);
	}

}
