package dev.whence.standalone.demo;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * What Whence concluded about a fault.
 *
 * @param analysis as the API answers it
 * @param link where a person sees the incident
 */
record Conclusion(Fault fault, JsonNode analysis, String link) {

	/** The rest is on the page of the incident. */
	private static final int EVIDENCE = 3;

	/** Whether it names what was broken. */
	boolean isRight() {
		return best().path("service").asString("").equals(this.fault.cause());
	}

	/**
	 * What a person wants to read of it.
	 * @param since how to tell how long it took
	 */
	List<String> lines(String since) {
		JsonNode explanation = this.analysis.path("ai_explanation");
		List<String> lines = new ArrayList<>();
		lines.add("Cause       " + best().path("statement").asString("none"));
		lines.add("Verdict     " + explanation.path("verdict").asString("none") + ", confidence "
				+ Math.round(this.analysis.path("confidence_score").asDouble(0)) + " of 100, " + since);
		best().path("evidence")
			.valueStream()
			.limit(EVIDENCE)
			.forEach((evidence) -> lines.add("Evidence    " + evidence.path("statement").asString("") + " ["
					+ evidence.path("signals").size() + " signals]"));
		explanation.path("ruled_out")
			.valueStream()
			.limit(EVIDENCE)
			.forEach((ruledOut) -> lines.add("Ruled out   " + ruledOut.path("service").asString("") + ": "
					+ ruledOut.path("reason").asString("")));
		lines.add("See it      " + this.link);
		lines.add("Injected    " + this.fault.cause() + ": " + this.fault.story());
		return lines;
	}

	private JsonNode best() {
		return this.analysis.path("ai_explanation").path("hypotheses").path(0);
	}

}
