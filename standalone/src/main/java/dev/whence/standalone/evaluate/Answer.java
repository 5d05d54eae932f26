package dev.whence.standalone.evaluate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.whence.standalone.evaluate.score.Ranked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Whence says about a case.
 *
 * @param verdict empty when there was no answer
 * @param without how the ranking would be without a class of evidence, for each that the
 * answer rests on
 * @param path whether it names a path from the cause to the symptom
 * @param analysis how long the analysis took, by its own account, if it tells
 * @param waited from the alert to the answer
 */
record Answer(String verdict, List<Ranked> ranking, Map<String, List<Ranked>> without, boolean path,
		@Nullable Duration analysis, Duration waited) {

	/** Nobody answered in time. */
	static Answer none(Duration waited) {
		return new Answer("", List.of(), Map.of(), false, null, waited);
	}

	/** Reads the analysis of an incident. */
	static Answer of(JsonNode analysis, Duration waited) {
		JsonNode explanation = analysis.path("ai_explanation");
		JsonNode suspects = explanation.path("ranking").isArray() ? explanation.path("ranking")
				: explanation.path("hypotheses");
		Map<String, List<Ranked>> without = new TreeMap<>();
		explanation.path("without")
			.forEach((one) -> without.put(one.path("evidence").asString(""), ranking(one.path("ranking"))));
		JsonNode took = explanation.path("duration_ms");
		return new Answer(analysis.path("verdict").asString(explanation.path("verdict").asString("")),
				ranking(suspects), without, !explanation.path("path").isEmpty(),
				took.isNumber() ? Duration.ofNanos(Math.round(took.asDouble() * 1_000_000)) : null, waited);
	}

	private static List<Ranked> ranking(JsonNode suspects) {
		List<Ranked> ranking = new ArrayList<>();
		for (JsonNode suspect : suspects) {
			ranking.add(new Ranked(suspect.path("service").asString(""), suspect.path("score").asDouble(0)));
		}
		return ranking;
	}

	/** The ranking without a class of evidence; unchanged where it was not there. */
	List<Ranked> without(String evidence) {
		return this.without.getOrDefault(evidence, this.ranking);
	}

	/** As a line of the predictions. */
	Map<String, Object> prediction(String caseId) {
		Map<String, Object> line = new TreeMap<>(Map.of("case_id", caseId, "ranking", this.ranking, "verdict",
				this.verdict, "path", this.path, "answer_ms", this.waited.toMillis()));
		if (!this.without.isEmpty()) {
			line.put("without", this.without);
		}
		if (this.analysis != null) {
			line.put("latency_ms", this.analysis.toNanos() / 1_000_000.0);
		}
		return line;
	}

}
