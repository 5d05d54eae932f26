package dev.whence.analysis.evidence;

import java.util.Locale;

import dev.whence.analysis.behaviour.Step;

/** Says in a sentence what was found. */
final class Phrase {

	private Phrase() {
	}

	/**
	 * @param explained share of the executions that trouble below explains
	 */
	static String of(Deviation deviation, double explained) {
		String operation = deviation.operation().name();
		String step = CodeRegion.shortened(deviation.step().label());
		String what = switch (deviation.kind()) {
			case LOST -> step + " no longer seen in " + operation;
			case NEW -> step + " is new in " + operation;
			case ABORTED -> deviation.isSilence() ? "executions of " + operation + " show no step"
					: "executions of " + operation + " end right after " + step;
		};
		StringBuilder sentence = new StringBuilder(what).append(": ")
			.append(deviation.hits())
			.append(" of ")
			.append(deviation.trials())
			.append(", normally ")
			.append(percent(deviation.normalShare()));
		if (deviation.kind() == Deviation.Kind.LOST && !deviation.anchor().equals(Step.START)) {
			sentence.append(" (where there is ").append(CodeRegion.shortened(deviation.anchor().label())).append(')');
		}
		if (explained > 0) {
			sentence.append("; ").append(percent(explained)).append(" explained by a service below");
		}
		return sentence.toString();
	}

	private static String percent(double share) {
		return String.format(Locale.ROOT, "%.0f %%", share * 100);
	}

}
