package dev.whence.standalone.evaluate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.whence.standalone.StartException;
import org.jspecify.annotations.Nullable;

/**
 * What is to be evaluated, and under which conditions.
 *
 * @param late how long after the start of the symptom the alert fires
 * @param half whether every second trace is left out, with its logs
 * @param shortHistory whether there is nothing but what the case itself recorded
 * @param flapping how many of a hundred alerts fire once more, for {@link Kind#GROUPING}
 * @param out where the predictions go
 * @param properties configuration of the standalone that differs from the evaluation's
 */
record EvaluateOptions(Kind kind, Path folder, Duration late, boolean half, boolean shortHistory, int flapping,
		Path out, Map<String, String> properties) {

	private static final String USAGE = """
			usage: ./whence evaluate DATASET_DIR [--late SECONDS] [--half] [--short-history]
			       ./whence evaluate --templates DIR
			       ./whence evaluate --grouping DIR [--flapping PERCENT]
			       ./whence evaluate --quiet-hours DATASET_DIR
			each with [--out FILE] [--set PROPERTY=VALUE]...""";

	/** What is measured. */
	enum Kind {

		CAUSES, TEMPLATES, GROUPING, QUIET_HOURS

	}

	/**
	 * Reads the command line; a value follows its option after a blank or {@code =}.
	 * @throws StartException with the usage when it says nothing that can be done
	 */
	static EvaluateOptions parse(String[] args) {
		Kind kind = Kind.CAUSES;
		Path folder = null;
		Duration late = Duration.ZERO;
		boolean half = false;
		boolean shortHistory = false;
		int flapping = 0;
		Path out = Path.of("predictions.jsonl");
		Map<String, String> properties = new LinkedHashMap<>();
		Words words = new Words(args);
		for (String word = words.next(); word != null; word = words.next()) {
			switch (word) {
				case "--late" -> late = Duration.ofSeconds(words.number(word));
				case "--half" -> half = true;
				case "--short-history" -> shortHistory = true;
				case "--flapping" -> flapping = words.number(word);
				case "--out" -> out = Path.of(words.value(word));
				case "--set" -> {
					String[] property = words.value(word).split("=", 2);
					properties.put(property[0], (property.length > 1) ? property[1] : "");
				}
				case "--templates", "--grouping", "--quiet-hours" -> {
					kind = Kind.valueOf(word.substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
					folder = Path.of(words.value(word));
				}
				default -> {
					if (word.startsWith("-") || folder != null) {
						throw new StartException("There is no option '" + word + "'.\n" + USAGE, null);
					}
					folder = Path.of(word);
				}
			}
		}
		if (folder == null) {
			throw new StartException(USAGE, null);
		}
		return new EvaluateOptions(kind, folder, late, half, shortHistory, flapping, out, Map.copyOf(properties));
	}

	/** The words of a command line, with {@code --option=value} as two. */
	private static final class Words {

		private final String[] args;

		private int at;

		private @Nullable String pending;

		Words(String[] args) {
			this.args = args;
		}

		@Nullable String next() {
			if (this.pending != null) {
				throw new StartException("The value '" + this.pending + "' belongs to no option.\n" + USAGE, null);
			}
			if (this.at == this.args.length) {
				return null;
			}
			String word = this.args[this.at++];
			int sign = word.indexOf('=');
			if (word.startsWith("--") && sign > 0) {
				this.pending = word.substring(sign + 1);
				return word.substring(0, sign);
			}
			return word;
		}

		String value(String option) {
			String value = this.pending;
			this.pending = null;
			if (value != null) {
				return value;
			}
			if (this.at == this.args.length) {
				throw new StartException("The option " + option + " needs a value.\n" + USAGE, null);
			}
			return this.args[this.at++];
		}

		int number(String option) {
			String value = value(option);
			if (!value.matches("\\d{1,6}")) {
				throw new StartException("The option " + option + " needs a number, not '" + value + "'.", null);
			}
			return Integer.parseInt(value);
		}

	}

}
