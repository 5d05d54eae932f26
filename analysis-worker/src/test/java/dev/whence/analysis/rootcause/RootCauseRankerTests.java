package dev.whence.analysis.rootcause;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.whence.analysis.trace.FailedTrace;
import dev.whence.analysis.trace.TraceStory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RootCauseRankerTests {

	private final RootCauseRanker ranker = new RootCauseRanker();

	@Test
	void theDeepestFailingServiceWins() {
		Findings findings = rank(TraceStory.failingCheckout("t1"));
		assertThat(findings.verdict()).isEqualTo(Verdict.LIKELY);
		assertThat(findings.hypotheses()).singleElement().satisfies((hypothesis) -> {
			assertThat(hypothesis.rank()).isEqualTo(1);
			assertThat(hypothesis.service()).isEqualTo("payment");
			assertThat(hypothesis.operation()).isEqualTo("call payment");
			assertThat(hypothesis.statement()).isEqualTo("payment: Payment declined");
			assertThat(hypothesis.score()).isEqualTo(1);
		});
	}

	@Test
	void depthWinsOverAClockThatIsAhead() {
		Findings findings = rank(new TraceStory("t1").failed("s1", null, "gateway", 0, 200)
			.error("gateway", "s1", 1, "the gateway's clock is behind")
			.failed("s2", "s1", "payment", 10, 100));
		assertThat(findings.hypotheses()).extracting(Hypothesis::service).containsExactly("payment", "gateway");
		assertThat(findings.hypotheses()).extracting(Hypothesis::rank).containsExactly(1, 2);
	}

	@Test
	void fromLogsAloneTheOnsetDecidesAndTheConfidenceIsLower() {
		Findings logs = rank(new TraceStory("t1").error("gateway", null, 30, "502 from payment")
			.error("payment", null, 20, "Payment declined"));
		assertThat(logs.hypotheses().getFirst().service()).isEqualTo("payment");
		assertThat(logs.hypotheses().getFirst().evidence()).extracting(Evidence::kind)
			.containsExactly("error-onset", "failure");
		assertThat(logs.confidence()).isLessThan(rank(TraceStory.failingCheckout("t1")).confidence());
	}

	@Test
	void manyTracesThatAgreeConfirmACause() {
		Findings findings = this.ranker
			.rank(IntStream.range(0, 5).mapToObj((i) -> TraceStory.failingCheckout("t" + i).tell()).toList());
		assertThat(findings.verdict()).isEqualTo(Verdict.CONCLUSIVE);
		assertThat(findings.confidence()).isBetween(75.0, 100.0);
	}

	@Test
	void moreTracesNeverMakeTheSameCauseLessCertain() {
		double before = 0;
		for (int n = 1; n < 20; n++) {
			double confidence = this.ranker
				.rank(IntStream.range(0, n).mapToObj((i) -> TraceStory.failingCheckout("t" + i).tell()).toList())
				.confidence();
			assertThat(confidence).isGreaterThanOrEqualTo(before).isBetween(0.0, 100.0);
			before = confidence;
		}
	}

	@Test
	void aChattyServiceGainsNothing() {
		TraceStory story = TraceStory.failingCheckout("t1");
		IntStream.range(0, 100).forEach((i) -> story.error("gateway", "s1", 150 + i, "gave up " + i));
		assertThat(rank(story).hypotheses()).extracting(Hypothesis::service).containsExactly("payment");
	}

	@Test
	void aTieIsToldAsATieAndDecidesNothing() {
		Findings findings = rank(branchFails("t1", "payment", "inventory"), branchFails("t2", "inventory", "payment"));
		assertThat(findings.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
		assertThat(findings.hypotheses()).extracting(Hypothesis::rank).containsExactly(1, 1);
		assertThat(findings.hypotheses()).extracting(Hypothesis::service).containsExactly("inventory", "payment");
		assertThat(findings.hypotheses()).extracting(Hypothesis::score)
			.allSatisfy((score) -> assertThat(score).isCloseTo(0.5, within(0.001)));
	}

	@Test
	void nothingThatFailedIsInconclusive() {
		Findings nothing = new Findings(Verdict.INCONCLUSIVE, 0, List.of(), List.of());
		assertThat(this.ranker.rank(List.of())).isEqualTo(nothing);
		assertThat(rank(new TraceStory("t1").span("s1", null, "gateway", 0, 10))).isEqualTo(nothing);
	}

	@Test
	void whoIsRuledOutIsToldWhy() {
		Findings findings = rank(TraceStory.failingCheckout("t1"), TraceStory.failingCheckout("t2"));
		assertThat(findings.ruledOut()).containsExactly(new RuledOut("gateway",
				"it failed because payment, which it called, had failed, in 2 of its 2 failing traces"));
		Findings logs = rank(new TraceStory("t1").error("payment", null, 20, "declined")
			.error("gateway", null, 30, "502 from payment"));
		assertThat(logs.ruledOut()).containsExactly(
				new RuledOut("gateway", "it failed only after others had, in all of its 1 failing traces"));
	}

	@Test
	void everyPieceOfEvidenceNamesSignalsAndATraceThatProveIt() {
		Findings findings = rank(TraceStory.failingCheckout("t1"), TraceStory.failingCheckout("t2"));
		assertThat(findings.hypotheses()).flatExtracting(Hypothesis::evidence).allSatisfy((evidence) -> {
			assertThat(evidence.signalIds()).isNotEmpty().doesNotHaveDuplicates();
			assertThat(evidence.traceId()).isEqualTo("t1");
			assertThat(evidence.statement()).isNotBlank();
		});
		assertThat(findings.hypotheses().getFirst().evidence()).extracting(Evidence::statement)
			.contains("payment failed and nothing that it called did, in 2 of 2 failing traces",
					"its failure showed first in 2 of 2 failing traces, 110 ms before the next service (median)");
		assertThat(findings.evidenceSignals()).doesNotHaveDuplicates();
	}

	@Test
	void aCircleOfCallsHasACauseToo() {
		Findings findings = rank(new TraceStory("t1").failed("s1", null, "orders", 0, 300)
			.failed("s2", "s1", "stock", 10, 200)
			.failed("s3", "s2", "orders", 20, 100));
		assertThat(findings.hypotheses().getFirst().service()).isEqualTo("orders");
		assertThat(findings.hypotheses().getFirst().score()).isEqualTo(1);
	}

	@RepeatedTest(30)
	void theOrderOfTracesAndSignalsDoesNotMatter(RepetitionInfo repetition) {
		List<TraceStory> stories = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			stories.add(TraceStory.failingCheckout("checkout" + i));
			stories.add(branchFails("branch" + i, "payment", "inventory"));
			stories.add(
					new TraceStory("logs" + i).error("gateway", null, 30, "502").error("bank", null, 20 + i, "closed"));
		}
		Findings straight = this.ranker.rank(stories.stream().map(TraceStory::tell).toList());
		Random random = new Random(repetition.getCurrentRepetition());
		List<FailedTrace> shuffled = new ArrayList<>(
				stories.stream().map((story) -> story.tellShuffled(random)).toList());
		Collections.shuffle(shuffled, random);
		assertThat(this.ranker.rank(shuffled)).isEqualTo(straight);
	}

	/** Both callees of the gateway fail, one shortly after the other. */
	private static TraceStory branchFails(String trace, String first, String second) {
		return new TraceStory(trace).failed("s1", null, "gateway", 0, 200)
			.failed("s2", "s1", first, 10, 50)
			.failed("s3", "s1", second, 10, 60);
	}

	private Findings rank(TraceStory... stories) {
		return this.ranker.rank(List.of(stories).stream().map(TraceStory::tell).toList());
	}

}
