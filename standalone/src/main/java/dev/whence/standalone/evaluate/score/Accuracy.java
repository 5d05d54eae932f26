package dev.whence.standalone.evaluate.score;

import java.util.List;

/**
 * How good the answers to several cases are; shares of all cases, those without an answer
 * included.
 *
 * @param interval of the share whose truth came first
 */
public record Accuracy(int cases, double top1, double top3, double top5, double reciprocalRank, Bootstrap interval) {

	/** Means over the cases. */
	public static Accuracy of(List<Credit> credits) {
		return new Accuracy(credits.size(), mean(credits, 1), mean(credits, 3), mean(credits, 5),
				credits.stream().mapToDouble(Credit::reciprocalRank).average().orElse(0),
				Bootstrap.ofMean(credits.stream().map((credit) -> credit.top(1)).toList()));
	}

	private static double mean(List<Credit> credits, int places) {
		return credits.stream().mapToDouble((credit) -> credit.top(places)).average().orElse(0);
	}

}
