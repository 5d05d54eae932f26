package dev.whence.analysis.evidence;

import java.util.ArrayList;
import java.util.List;

import dev.whence.analysis.behaviour.Conduct;

/** Everything in which operations deviate from their normal courses. */
final class Deviations {

	/** So many services do not fall silent at once, but their telemetry may get lost. */
	private static final int SILENT_SERVICES = 2;

	private Deviations() {
	}

	/** In the order of the operations. */
	static List<Deviation> in(Conduct window, Normal normal) {
		List<Deviation> deviations = new ArrayList<>();
		window.operations().forEach((operation, habit) -> {
			if (habit.isSettled()) {
				deviations.addAll(new CourseComparison(operation, habit, normal).deviations());
			}
		});
		long silent = deviations.stream()
			.filter(Deviation::isSilence)
			.map((deviation) -> deviation.operation().service())
			.distinct()
			.count();
		if (silent > SILENT_SERVICES) {
			deviations.removeIf(Deviation::isSilence);
		}
		return deviations;
	}

}
