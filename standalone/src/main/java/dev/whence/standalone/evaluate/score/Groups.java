package dev.whence.standalone.evaluate.score;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How well log lines were grouped by their statement; a group is right when it has
 * exactly the lines of a true one.
 *
 * @param accuracy GA: the share of lines that are in a right group
 * @param f1 FGA: the harmonic mean of the shares of predicted and of true groups that are
 * right
 */
public record Groups(double accuracy, double f1, int actual, int found) {

	/** Compares two groupings of the same lines; a line without a prediction is alone. */
	public static Groups compare(Map<Integer, String> truth, Map<Integer, String> predicted) {
		Map<String, Set<Integer>> actual = new HashMap<>();
		Map<String, Set<Integer>> found = new HashMap<>();
		truth.forEach((line, event) -> {
			actual.computeIfAbsent(event, (_) -> new HashSet<>()).add(line);
			found.computeIfAbsent(predicted.getOrDefault(line, "alone/" + line), (_) -> new HashSet<>()).add(line);
		});
		Set<Set<Integer>> wanted = Set.copyOf(actual.values());
		int right = 0;
		int lines = 0;
		for (Set<Integer> group : found.values()) {
			if (wanted.contains(group)) {
				right++;
				lines += group.size();
			}
		}
		return truth.isEmpty() ? new Groups(0, 0, 0, 0)
				: new Groups((double) lines / truth.size(),
						Clusters.harmonic((double) right / found.size(), (double) right / actual.size()), actual.size(),
						found.size());
	}

}
