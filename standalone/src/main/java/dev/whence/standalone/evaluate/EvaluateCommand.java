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
	 * A replay sends within seconds what took a day, and nothing of it comes late:
	 * waiting for stragglers only takes time. These are ordinary settings of any
	 * installation; {@code --set} overrides them.
	 */
	private static final Map<String, String> PROPERTIES = Map.of("whence.incident.settle", "500ms");

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
		properties.putAll(options.properties());
		try (Installation installation = Installation.start(properties)) {
			evaluation.run(installation);
		}
	}

}
