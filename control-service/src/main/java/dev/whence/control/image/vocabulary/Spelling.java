package dev.whence.control.image.vocabulary;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Spelling {

	/** A word longer than this is no typing mistake of one of ours. */
	private static final int LONGEST = 60;

	private Spelling() {
	}

	/**
	 * The nearest of the known words: the same but for case, {@code _} and {@code -}, or
	 * at most a third of its letters away.
	 */
	public static Optional<String> nearest(String word, Collection<String> known) {
		if (word.length() > LONGEST) {
			return Optional.empty();
		}
		String plain = plain(word);
		return known.stream()
			.filter((candidate) -> distance(plain, plain(candidate)) <= candidate.length() / 3)
			.min(Comparator.<String>comparingInt((candidate) -> distance(plain, plain(candidate)))
				.thenComparing(Comparator.naturalOrder()));
	}

	private static String plain(String word) {
		return word.toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Insertions, deletions, replacements and swaps of neighbours. */
	private static int distance(String one, String other) {
		int[][] cost = new int[one.length() + 1][other.length() + 1];
		for (int i = 0; i <= one.length(); i++) {
			for (int j = 0; j <= other.length(); j++) {
				cost[i][j] = (i == 0 || j == 0) ? i + j
						: Math.min(cost[i - 1][j - 1] + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1),
								1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
				if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
						&& one.charAt(i - 2) == other.charAt(j - 1)) {
					cost[i][j] = Math.min(cost[i][j], 1 + cost[i - 2][j - 2]);
				}
			}
		}
		return cost[one.length()][other.length()];
	}

}
