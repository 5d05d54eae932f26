package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The results as JSON and as a table. */
final class Report {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private Report() {
	}

	/** One line for the eye while the run goes on. */
	static String line(RungResult result) {
		return format("%s  %-46s %,9.0f/s  cpu us: ingest %.1f gateway %.1f postgres %.1f = %.1f, load %.2f  %s",
				result.rung(), result.name(), result.rate(), result.service(), result.gateway(), result.database(),
				result.cost(), result.load(), result.figures());
	}

	static void write(Path folder, Map<String, String> surroundings, Options options, List<RungResult> results)
			throws IOException {
		Files.createDirectories(folder);
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("surroundings", surroundings);
		all.put("jvm", options.jvm());
		all.put("repeats", options.repeats());
		all.put("seconds", options.time().toMillis() / 1000.0);
		all.put("results", results);
		Files.writeString(folder.resolve("ingest-benchmark.json"), JSON.writeValueAsString(all));
		String table = table(surroundings, options, results);
		Files.writeString(folder.resolve("ingest-benchmark.md"), table);
		System.out.println("\n" + table);
	}

	private static String table(Map<String, String> surroundings, Options options, List<RungResult> results) {
		OptionalDouble reference = results.stream()
			.filter((result) -> result.rung().equals("a"))
			.mapToDouble(RungResult::rate)
			.max();
		StringBuilder text = new StringBuilder();
		text.append(
				format("""
						Medians of %d measurements of %.0f s each. CPU in microseconds per signal; "servers" is ingest, gateway \
						and PostgreSQL together, without the load generator, which shares the machine. JVM of the services: `%s`.

						| rung | what | signals/s | of a | ingest | gateway | PostgreSQL | servers | load | more |
						|---|---|--:|--:|--:|--:|--:|--:|--:|---|
						""",
						options.repeats(), options.time().toMillis() / 1000.0, String.join(" ", options.jvm())));
		for (RungResult r : results) {
			String share = reference.isPresent() ? format("%.1f %%", 100 * r.rate() / reference.getAsDouble()) : "";
			text.append(format("| %s | %s | %,.0f | %s | %.1f | %.1f | %.1f | **%.1f** | %.2f | %s |%n", r.rung(),
					r.name(), r.rate(), share, r.service(), r.gateway(), r.database(), r.cost(), r.load(),
					more(r.figures())));
		}
		text.append('\n');
		surroundings.forEach((name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
		return text.toString();
	}

	private static String more(Map<String, Object> figures) {
		return String.join(", ", figures.entrySet().stream().map((e) -> e.getKey() + " " + e.getValue()).toList());
	}

	private static String format(String pattern, Object... values) {
		return String.format(Locale.ROOT, pattern, values);
	}

}
