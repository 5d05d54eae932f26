package dev.whence.standalone.demo;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What the demo shows of an analysis. */
class ConclusionTests {

	private static final String ANALYSIS = """
			{"confidence_score": 61.7, "ai_explanation": {"verdict": "LIKELY",
			 "hypotheses": [{"service": "node-2", "statement": "node-2: processor rose", "evidence": [
			   {"statement": "one", "signals": ["a", "b"]}, {"statement": "two", "signals": []},
			   {"statement": "three", "signals": []}, {"statement": "four", "signals": []}]}],
			 "ruled_out": [{"service": "web-frontend", "reason": "it waited"}]}}""";

	@Test
	void itShowsTheCauseWithTheFirstEvidenceAndWhereTheRestIs() {
		assertThat(conclusion(QuietFault.NOISY_NEIGHBOUR, ANALYSIS).lines("at noon")).containsExactly(
				"Cause       node-2: processor rose", "Verdict     LIKELY, confidence 62 of 100, at noon",
				"Evidence    one [2 signals]", "Evidence    two [0 signals]", "Evidence    three [0 signals]",
				"Ruled out   web-frontend: it waited", "See it      http://localhost/incidents/1",
				"Injected    node-2: " + QuietFault.NOISY_NEIGHBOUR.story());
	}

	@Test
	void itIsRightWhenItNamesWhatWasBroken() {
		assertThat(conclusion(QuietFault.NOISY_NEIGHBOUR, ANALYSIS).isRight()).isTrue();
		assertThat(conclusion(QuietFault.BAD_DEPLOY, ANALYSIS).isRight()).isFalse();
	}

	@Test
	void anAnalysisWithoutACauseIsTold() {
		Conclusion nothing = conclusion(QuietFault.BAD_DEPLOY, "{}");
		assertThat(nothing.isRight()).isFalse();
		assertThat(nothing.lines("at noon")).contains("Cause       none",
				"Verdict     none, confidence 0 of 100, at noon");
	}

	private static Conclusion conclusion(Fault fault, String analysis) {
		return new Conclusion(fault, JsonMapper.shared().readTree(analysis), "http://localhost/incidents/1");
	}

}
