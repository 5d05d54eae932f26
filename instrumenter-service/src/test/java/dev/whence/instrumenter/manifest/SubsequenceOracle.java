package dev.whence.instrumenter.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * An oracle that knows nothing of YAML: every line of the input must be found again, in
 * order and whole, with more text at most inside it; but for the spelled-out nothing
 * ({@code null}, {@code ~}) that a value replaces.
 */
final class SubsequenceOracle {

	private SubsequenceOracle() {
	}

	/** The input's lines that the output has lost. */
	static List<String> lostFrom(String input, String output) {
		List<String> lost = new ArrayList<>();
		int at = 0;
		for (String line : input.split("\n", -1)) {
			int end = find(line, output, at);
			if (end < 0) {
				String withoutNull = line.replaceFirst(":\\s*\"?(?:null|Null|NULL|~)", ":")
					.replace("\"annotations\":null", "\"annotations\":");
				end = find(withoutNull, output, at);
			}
			if (end < 0) {
				lost.add(line);
			}
			else {
				at = end;
			}
		}
		return lost;
	}

	private static int find(String line, String output, int from) {
		int whole = output.indexOf(line, from);
		if (whole >= 0 && (output.substring(from, whole)
			.lines()
			.allMatch((between) -> between.isBlank() || between.contains("annotations") || between.contains("metadata")
					|| between.contains("opentelemetry")))) {
			return whole + line.length();
		}
		int at = from;
		for (char ch : line.toCharArray()) {
			at = output.indexOf(ch, at);
			if (at < 0) {
				return -1;
			}
			at++;
		}
		return at;
	}

}
