package dev.whence.analysis.incident;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.whence.model.Problem;

/** Cuts a sequence of problems wherever it falls silent. */
final class Bursts {

	private Bursts() {
	}

	/**
	 * @param problems oldest first
	 * @param gap a longer silence than this separates two bursts
	 */
	static List<List<Problem>> split(List<Problem> problems, Duration gap) {
		List<List<Problem>> bursts = new ArrayList<>();
		List<Problem> burst = new ArrayList<>();
		for (Problem problem : problems) {
			if (!burst.isEmpty() && problem.timestamp().isAfter(burst.getLast().timestamp().plus(gap))) {
				bursts.add(burst);
				burst = new ArrayList<>();
			}
			burst.add(problem);
		}
		if (!burst.isEmpty()) {
			bursts.add(burst);
		}
		return bursts;
	}

}
