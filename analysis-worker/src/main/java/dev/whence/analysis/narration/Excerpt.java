package dev.whence.analysis.narration;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of an analysis as a model needs to tell it: a few hypotheses with a few lines
 * of evidence each, the path, what was ruled out. No signals, no ids of traces,
 * everything redacted.
 *
 * @param json what the model gets; no text in it can end the part in which it stands
 * @param services every service that it names
 * @param likely the services of the first rank, none of which is likelier than another
 */
record Excerpt(String json, Set<String> services, Set<String> likely) {

	private static final int HYPOTHESES = 3;

	private static final int LINES = 5;

	private static final int LENGTH = 300;

	private static final int NAME = 100;

	/** From the analysis as it is stored. */
	static Excerpt of(JsonNode analysis, JsonMapper mapper) {
		Set<String> services = new LinkedHashSet<>();
		Set<String> likely = new LinkedHashSet<>();
		analysis.path("hypotheses").forEach((hypothesis) -> {
			if (hypothesis.path("rank").asInt(0) == 1) {
				likely.add(name(hypothesis.path("service")));
			}
		});
		Map<String, Object> findings = new LinkedHashMap<>();
		findings.put("verdict", text(analysis.path("verdict")));
		findings.put("hypotheses", first(analysis.path("hypotheses"), HYPOTHESES).stream().map((hypothesis) -> {
			Map<String, Object> told = new LinkedHashMap<>();
			told.put("rank", hypothesis.path("rank").asInt(0));
			told.put("service", service(hypothesis.path("service"), services));
			told.put("operation", name(hypothesis.path("operation")));
			told.put("statement", text(hypothesis.path("statement")));
			told.put("evidence",
					first(hypothesis.path("evidence"), LINES).stream()
						.map((line) -> text(line.path("statement")))
						.toList());
			return told;
		}).toList());
		findings.put("path",
				first(analysis.path("path"), LINES).stream()
					.map((step) -> Map.of("from", service(step.path("from"), services), "to",
							service(step.path("to"), services), "statement", text(step.path("statement"))))
					.toList());
		findings.put("ruled_out", first(analysis.path("ruled_out"), LINES).stream()
			.map((one) -> Map.of("service", service(one.path("service"), services), "reason", text(one.path("reason"))))
			.toList());
		// Only a bracket could look like the end of the findings.
		String json = mapper.writeValueAsString(findings).replace("<", "\\u003c").replace(">", "\\u003e");
		return new Excerpt(json, Set.copyOf(services), Set.copyOf(likely));
	}

	boolean isEmpty() {
		return this.likely.isEmpty();
	}

	private static List<JsonNode> first(JsonNode array, int most) {
		return StreamSupport.stream(array.spliterator(), false).limit(most).toList();
	}

	private static String service(JsonNode node, Set<String> services) {
		String name = name(node);
		if (!name.isEmpty()) {
			services.add(name);
		}
		return name;
	}

	private static String name(JsonNode node) {
		return Redaction.line(node.asString(""), NAME);
	}

	private static String text(JsonNode node) {
		return Redaction.line(node.asString(""), LENGTH);
	}

}
