package dev.whence.benchmarks.scale;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the program is asked.
 *
 * @param slower how many times as long a processor takes as the one that was measured on
 * @param compare figures of a measured run, as TwoReplicasIT writes them
 */
record ScaleOptions(Workload workload, double slower, @Nullable Path compare) {

	static final String USAGE = """
			usage: benchmarks/run scale [--logs N] [--spans N] [--points N] [--batch N] [--troubled PERCENT]
			                            [--questions N] [--retention DAYS] [--slower FACTOR]
			       benchmarks/run scale --compare e2e-tests/target/fire/two-replicas.json

			  --logs, --spans, --points  signals a second (1000, 1000, 500)
			  --batch      signals in one request (100)
			  --troubled   of a hundred logs and spans, those that say error (3)
			  --questions  asked a second (1)
			  --retention  for how many days telemetry is kept (30)
			  --slower     how many times as long your processor takes as the one that was measured on (1)
			  --compare    says what a measured run should have cost beside what it did
			""";

	private static final Set<String> KNOWN = Set.of("logs", "spans", "points", "batch", "troubled", "questions",
			"retention", "slower", "compare");

	/**
	 * Reads the command line.
	 * @throws IllegalArgumentException with a sentence for a person
	 */
	static ScaleOptions of(String... arguments) {
		Map<String, String> given = new HashMap<>();
		for (int n = 0; n < arguments.length; n += 2) {
			String name = arguments[n].replaceFirst("^--", "");
			if (!arguments[n].startsWith("--") || !KNOWN.contains(name)) {
				throw new IllegalArgumentException("'" + arguments[n] + "' is no option");
			}
			if (n + 1 == arguments.length) {
				throw new IllegalArgumentException("'" + arguments[n] + "' needs a value");
			}
			given.put(name, arguments[n + 1]);
		}
		String compare = given.get("compare");
		return new ScaleOptions(
				new Workload(number(given, "logs", 1000), number(given, "spans", 1000), number(given, "points", 500),
						number(given, "batch", 100), number(given, "troubled", 3), number(given, "questions", 1),
						number(given, "retention", 30)),
				number(given, "slower", 1), (compare != null) ? Path.of(compare) : null);
	}

	private static double number(Map<String, String> given, String name, double otherwise) {
		String text = given.get(name);
		if (text == null) {
			return otherwise;
		}
		try {
			return Double.parseDouble(name.equals("retention") ? text.replaceFirst("d$", "") : text);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("--" + name + " is a number, not '" + text + "'", ex);
		}
	}

}
