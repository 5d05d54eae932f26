package dev.whence.e2e.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;

/** Figures of one test, printed and written as JSON and Markdown under target. */
final class Report {

	private static final Path FOLDER = Path.of("target", "fire");

	private final String name;

	private final Map<String, Object> figures = new LinkedHashMap<>();

	Report(String name) {
		this.name = name;
	}

	Report put(String what, Object figure) {
		this.figures.put(what, figure);
		return this;
	}

	/** The 50th, 95th and 99th percentile and the largest, in milliseconds. */
	Report putMillis(String what, List<Attempt> attempts) {
		double[] millis = sorted(attempts);
		return put(what,
				(millis.length == 0) ? "none"
						: "p50 %.0f, p95 %.0f, p99 %.0f, longest %.0f ms of %d".formatted(percentile(millis, 50),
								percentile(millis, 95), percentile(millis, 99), millis[millis.length - 1],
								millis.length));
	}

	static double percentileMillis(List<Attempt> attempts, int percent) {
		return percentile(sorted(attempts), percent);
	}

	/** Prints and writes what has been put. */
	void publish() throws IOException {
		Files.createDirectories(FOLDER);
		Files.writeString(FOLDER.resolve(this.name + ".json"),
				JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this.figures));
		String table = this.figures.entrySet()
			.stream()
			.map((figure) -> "| " + figure.getKey() + " | " + figure.getValue() + " |")
			.collect(Collectors.joining("\n", "| " + this.name + " | |\n|---|---|\n", "\n"));
		Files.writeString(FOLDER.resolve(this.name + ".md"), table);
		System.out.println(table);
	}

	private static double[] sorted(List<Attempt> attempts) {
		return attempts.stream().mapToDouble(Attempt::millis).sorted().toArray();
	}

	private static double percentile(double[] sorted, int percent) {
		if (sorted.length == 0) {
			return Double.NaN;
		}
		return sorted[(int) Math.min(sorted.length - 1L, (long) sorted.length * percent / 100)];
	}

	static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return percentile(sorted, 50);
	}

}
