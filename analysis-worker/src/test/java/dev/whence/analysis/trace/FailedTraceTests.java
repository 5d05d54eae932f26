package dev.whence.analysis.trace;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class FailedTraceTests {

	@Test
	void theDeepestFailingServiceIsTheOrigin() {
		FailedTrace trace = TraceStory.failingCheckout("t").tell();
		assertThat(trace.origins()).containsExactly("payment");
		assertThat(trace.services()).containsExactly("payment", "gateway");
		assertThat(trace.failedCallees("gateway")).containsExactly("payment");
		assertThat(trace.failedCallees("payment")).isEmpty();
	}

	@Test
	void aCallerIsNoOriginAlsoWhereHealthySpansLieBetween() {
		FailedTrace trace = new TraceStory("t").failed("s1", null, "gateway", 0, 200)
			.span("s2", "s1", "mesh", 5, 150)
			.span("s3", "s2", "mesh", 6, 140)
			.failed("s4", "s3", "payment", 10, 100)
			.tell();
		assertThat(trace.origins()).containsExactly("payment");
	}

	@Test
	void twoBranchesThatFailAreTwoOrigins() {
		FailedTrace trace = new TraceStory("t").failed("s1", null, "gateway", 0, 200)
			.failed("s2", "s1", "payment", 10, 100)
			.failed("s3", "s1", "inventory", 10, 120)
			.tell();
		assertThat(trace.origins()).containsExactlyInAnyOrder("payment", "inventory");
	}

	@Test
	void anErrorLogOfAnOtherwiseHealthySpanCounts() {
		FailedTrace trace = new TraceStory("t").failed("s1", null, "gateway", 0, 200)
			.span("s2", "s1", "payment", 10, 100)
			.error("payment", "s2", 50, "Payment declined")
			.tell();
		assertThat(trace.origins()).containsExactly("payment");
	}

	@Test
	void withoutACallTreeTheFirstToFailIsTheOrigin() {
		FailedTrace trace = new TraceStory("t").error("gateway", null, 30, "502 from payment")
			.error("payment", null, 20, "Payment declined")
			.error("gateway", null, 40, "gave up")
			.tell();
		assertThat(trace.hasCallTree()).isFalse();
		assertThat(trace.origins()).containsExactly("payment");
	}

	@Test
	void servicesThatCallEachOtherInACircleStillHaveAnOrigin() {
		FailedTrace trace = new TraceStory("t").failed("s1", null, "orders", 0, 300)
			.failed("s2", "s1", "stock", 10, 200)
			.failed("s3", "s2", "orders", 20, 100)
			.tell();
		assertThat(trace.origins()).containsExactly("orders");
	}

	@Test
	void parentIdsInACircleEnd() {
		FailedTrace trace = new TraceStory("t").failed("s1", "s3", "a", 0, 300)
			.failed("s2", "s1", "b", 10, 200)
			.failed("s3", "s2", "c", 20, 100)
			.failed("s4", "s4", "d", 30, 10)
			.tell();
		assertThat(trace.origins()).isNotEmpty().isSubsetOf("a", "b", "c", "d");
	}

	@Test
	void aMissingParentEndsTheWayUp() {
		FailedTrace trace = new TraceStory("t").failed("s1", null, "gateway", 0, 200)
			.failed("s3", "lost", "payment", 10, 100)
			.tell();
		assertThat(trace.origins()).containsExactlyInAnyOrder("gateway", "payment");
	}

	@Test
	void aThousandNestedSpansAreWalked() {
		TraceStory story = new TraceStory("t").failed("s0", null, "service-0", 0, 5000);
		for (int i = 1; i < 1000; i++) {
			story.failed("s" + i, "s" + (i - 1), "service-" + i % 10, i, 5000 - 2 * i);
		}
		assertThat(story.failed("deep", "s999", "deepest", 1000, 1).tell().origins()).containsExactly("deepest");
	}

	@Test
	void problemsWhoseSignalIsUnknownAreLeftOut() {
		assertThat(FailedTrace.of("t", List.of(), List.of()).origins()).isEmpty();
	}

	@RepeatedTest(20)
	void theOrderOfTheSignalsDoesNotMatter(RepetitionInfo repetition) {
		TraceStory story = TraceStory.failingCheckout("t")
			// Client and server of one call may share a span id.
			.failed("s2", "s1", "proxy", 9, 102)
			.failed("s3", "s2", "bank", 20, 50)
			.error("bank", "s3", 40, "closed")
			.error("proxy", "s2", 40, "502");
		FailedTrace straight = story.tell();
		FailedTrace shuffled = story.tellShuffled(new Random(repetition.getCurrentRepetition()));
		assertThat(shuffled.failures()).isEqualTo(straight.failures());
		assertThat(shuffled.origins()).containsExactlyElementsOf(straight.origins());
		assertThat(straight.services()).allSatisfy(
				(service) -> assertThat(shuffled.failedCallees(service)).isEqualTo(straight.failedCallees(service)));
	}

}
