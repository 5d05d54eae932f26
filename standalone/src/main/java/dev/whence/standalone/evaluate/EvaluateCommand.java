package dev.whence.standalone.evaluate;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.whence.standalone.StartException;
import dev.whence.standalone.evaluate.installation.Installation;

/**
 * The command {@code evaluate}: checks what was asked for, starts a standalone for it and
 * stops it afterwards.
 */
public final class EvaluateCommand {

	/**
	 * A replay sends within seconds what took an hour. An incident that grows meanwhile
	 * is analysed again after a second instead of ten, and the answer is the last one in
	 * either case. An ordinary setting of any installation; {@code --set} overrides it.
	 */
	private static final Map<String, String> PROPERTIES = Map.of("whence.analysis.cause.rest", "1s",
			"whence.incident.believed-past", "3650d", "whence.analysis.rollup.settle", "15s",
			"whence.alert.resolve-timeout", "3650d");

	private EvaluateCommand() {
	}

	/**
	 * Runs one evaluation to its end.
	 * @throws StartException with a sentence for the user
	 */
	public static void run(String[] args) {
		run(args, System.out);
	}

	static void run(String[] args, PrintStream out) {
		EvaluateOptions options = EvaluateOptions.parse(args);
		Evaluation evaluation = switch (options.kind()) {
			case CAUSES -> CauseEvaluation.open(options, out);
			case TEMPLATES -> TemplateEvaluation.open(options, out);
			case GROUPING -> GroupingEvaluation.open(options, out);
			case QUIET_HOURS -> QuietHours.open(options, out);
		};
		Map<String, String> properties = new LinkedHashMap<>(PROPERTIES);
		if (options.kind() == EvaluateOptions.Kind.QUIET_HOURS) {
			// However long ago it was, trouble in it would be an incident.
			properties.put("whence.detection.oldest", "3650d");
		}
		properties.putAll(options.properties());
		try (Installation installation = Installation.start(properties)) {
			evaluation.run(installation);
		}
	}

}
