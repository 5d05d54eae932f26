package dev.whence.analysis.alert;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.whence.model.Severity;

/**
 * What the labels and annotations of an alert say to Whence. All of them are customs, so
 * each has a fallback.
 *
 * @param name label {@code alertname}, else {@code metric}
 * @param service label {@code service}, else {@code service_name}; empty without either
 */
record AlertMeaning(String name, String service, Severity severity, String summary) {

	static AlertMeaning of(Map<String, String> labels, Map<String, String> annotations) {
		String name = first(labels, "alertname", "metric");
		return new AlertMeaning(name.isEmpty() ? "alert" : name, first(labels, "service", "service_name"),
				severity(labels.getOrDefault("severity", "")),
				first(annotations, "summary", "message", "title", "description"));
	}

	/** One line for a person. */
	String title(int longest) {
		String line = this.summary.lines().map(String::strip).filter((it) -> !it.isEmpty()).findFirst().orElse("");
		String title = line.isEmpty() ? this.name : line.startsWith(this.name) ? line : this.name + ": " + line;
		return (title.length() > longest) ? title.substring(0, title.offsetByCodePoints(0, longest - 1)) + "…" : title;
	}

	/** The customary values of the label {@code severity}; whatever else is MEDIUM. */
	private static Severity severity(String label) {
		return switch (label.toLowerCase(Locale.ROOT)) {
			case "critical", "page" -> Severity.CRITICAL;
			case "error", "high" -> Severity.HIGH;
			case "info", "low" -> Severity.LOW;
			default -> Severity.MEDIUM;
		};
	}

	private static String first(Map<String, String> texts, String... names) {
		return Stream.of(names)
			.map((name) -> texts.getOrDefault(name, ""))
			.filter((text) -> !text.isBlank())
			.findFirst()
			.orElse("");
	}

}
