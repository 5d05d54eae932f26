package dev.whence.analysis.evidence;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.trace.TraceStory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

class SceneEvidenceTests {

	@Test
	void aBusyProcessorSpeaksAgainstItsServiceAndACalmOneAgainstNobody() {
		List<Evidence> evidence = find(new SceneStory().metric("cart", "container.cpu.utilization", 0.2, 0.9)
			.metric("shop", "container.cpu.utilization", 0.2, 0.21)
			.metric("bank", "container.cpu.utilization", 0.6, 0.1));
		assertThat(evidence).singleElement().satisfies((item) -> {
			assertThat(item.kind()).isEqualTo(EvidenceClass.RESOURCE);
			assertThat(item.suspect()).isEqualTo(Suspect.resource("cart", "cpu"));
			assertThat(item.strength()).isGreaterThan(2);
			assertThat(item.statement()).isEqualTo("container.cpu.utilization rose from 0.2 to 0.9");
			assertThat(item.signals()).isNotEmpty();
			assertThat(item.at()).isEqualTo(SceneStory.BEGIN);
			assertThat(item.query()).startsWith("/query/signals?service_name=cart&signal_type=metric");
		});
	}

	@Test
	void utilisationIsPreferredToUsageOfTheSameResource() {
		List<Evidence> evidence = find(new SceneStory().metric("cart", "memory_usage_pct", 40, 95)
			.metric("cart", "memory_usage_bytes", 1e6, 9e6)
			.metric("cart", "cpu_usage_millicores", 100, 900));
		assertThat(evidence).extracting(Evidence::statement)
			.containsExactlyInAnyOrder("memory_usage_pct rose from 40 to 95",
					"cpu_usage_millicores rose from 100 to 900");
	}

	@Test
	void limitsAndMetricsOfTheNodeSayNothingOfTheService() {
		assertThat(find(new SceneStory().metric("cart", "memory_limit_bytes", 1e6, 9e6)
			.metric("cart", "node_cpu_usage_rate_pct", 20, 90)
			.metric("cart", "network_receive_bytes", 1e3, 1e6))).isEmpty();
	}

	@Test
	void aHostCanRunShortItself() {
		List<Evidence> evidence = find(
				new SceneStory().host("node-1", "cart").metric("node-1", "system.filesystem.utilization", 0.4, 0.99));
		assertThat(evidence).extracting(Evidence::suspect).containsExactly(Suspect.resource("node-1", "disk"));
	}

	@Test
	void aCallThatTakesLongerThanItsCalleeDoesIsTheNetworks() {
		List<Evidence> evidence = find(
				new SceneStory().metric("shop", "edge_latency_seconds_source", "shop", "cart", 0.02, 0.5)
					.metric("cart", "edge_latency_seconds_destination", "shop", "cart", 0.01, 0.01));
		assertThat(evidence).singleElement().satisfies((item) -> {
			assertThat(item.kind()).isEqualTo(EvidenceClass.GAP);
			assertThat(item.suspect().service()).isEqualTo("cart");
			assertThat(item.peer()).isEqualTo("shop");
		});
	}

	@Test
	void aCallThatTakesLongerBecauseTheCalleeDoesIsNot() {
		assertThat(find(new SceneStory().metric("shop", "edge_latency_seconds_source", "shop", "cart", 0.02, 0.5)
			.metric("cart", "edge_latency_seconds_destination", "shop", "cart", 0.01, 0.49))).isEmpty();
	}

	@Test
	void aServiceKeepsOnlyThePartOfItsLatencyThatNoCalleeExplains() {
		Clues clues = SceneEvidence.find(new SceneStory().calls("shop", "cart", "bank")
			.calls("cart", "stock")
			.alert("shop", "HighLatency", 120)
			.metric("shop", "http_server_duration_seconds", 0.2, 1.2)
			.metric("cart", "http_server_duration_seconds", 0.1, 1.1)
			.metric("bank", "http_server_duration_seconds", 0.1, 0.1)
			.metric("stock", "http_server_duration_seconds", 0.05, 0.05)
			.tell());
		Map<String, Double> strengths = strengths(clues.evidence());
		assertThat(strengths.get("cart")).isGreaterThan(3);
		assertThat(strengths.get("shop")).isLessThan(0.1);
		assertThat(strengths).doesNotContainKeys("bank", "stock");
		assertThat(clues.excuses()).singleElement()
			.satisfies((excuse) -> assertThat(excuse.reason())
				.startsWith("http_server_duration_seconds rose from 0.2 to 1.2, but cart, which it calls, explains"));
	}

	@Test
	void whatWasBadBeforeTheAlarmDidNotBeginWithIt() {
		assertThat(find(
				new SceneStory().alert("shop", "HighLatency", 3600).metric("shop", "latency_p99_seconds", 0.2, 1.2)))
			.extracting(Evidence::kind)
			.doesNotContain(EvidenceClass.SLI);
	}

	@Test
	void lostAvailabilityCountsAndUnits() {
		List<Evidence> percent = find(
				new SceneStory().alert("shop", "LowAvailability", 60).metric("shop", "availability_pct", 100, 80));
		List<Evidence> ratio = find(new SceneStory().alert("shop", "ErrorBudgetBurn", 60)
			.metric("shop", "request_error_ratio", 0.001, 0.2));
		assertThat(percent).singleElement().satisfies((item) -> assertThat(item.strength()).isGreaterThan(2));
		assertThat(ratio).singleElement().satisfies((item) -> assertThat(item.strength()).isGreaterThan(2));
	}

	@Test
	void whoAlertsInEveryIncidentIsLessSuspectThanWhoNeverDoes() {
		List<List<Observation>> earlier = IntStream.range(0, 20)
			.mapToObj((_) -> noisy(new SceneStory()).observations())
			.toList();
		AlertHistory history = AlertHistory.of(earlier);
		assertThat(history.windows()).isEqualTo(20);
		assertThat(history.metrics()).containsExactly(Map.entry("shop", 60));
		SceneStory story = noisy(new SceneStory()).alert("cart", "cpu", 5).alert("cart", "memory", 6).history(history);
		Map<String, Double> strengths = strengths(find(story));
		assertThat(strengths.get("cart")).isGreaterThan(2 * strengths.get("shop"));
	}

	private static SceneStory noisy(SceneStory story) {
		return story.alert("shop", "cpu", 1).alert("shop", "disk", 2).alert("shop", "queue", 3);
	}

	@Test
	void coresOfOneProcessorAreOneMetric() {
		assertThat(find(new SceneStory().alert("cart", "cpu_core_1", 1).alert("cart", "cpu_core_2", 2))).singleElement()
			.satisfies((item) -> assertThat(item.statement()).startsWith("1 of its metrics alert"));
	}

	@Test
	void aRareErrorStatementSpeaksLouderThanAFrequentOneAndThanAChattyOne() {
		AlertHistory history = AlertHistory.of(IntStream.range(0, 10)
			.mapToObj((i) -> new SceneStory().logAlert("shop", "ERROR request " + i + " failed", 40, 1).observations())
			.toList());
		Map<String, Double> strengths = strengths(
				find(new SceneStory().logAlert("shop", "ERROR request 77 failed", 40, 1)
					.logAlert("cart", "ERROR no such item 12", 40, 1)
					.logAlert("bank", "hello 5", 40, 1)
					.history(history)));
		assertThat(strengths.get("cart")).isGreaterThan(3 * strengths.get("shop"))
			.isGreaterThan(3 * strengths.get("bank"));
	}

	@Test
	void ofFailingCallsTheDeepestIsBlamedAndSlowOnesAreNone() {
		Map<String, Double> strengths = strengths(find(new SceneStory().callAlert("web", "shop", "500", 0)
			.callAlert("shop", "cart", "UNAVAILABLE", 0)
			.callAlert("shop", "bank", "SLOW", 0)));
		assertThat(strengths).containsOnlyKeys("cart");
		assertThat(strengths.get("cart")).isGreaterThan(0.2);
	}

	@Test
	void aServiceIsAccusedWhenMostOfItsInstancesAlertAndAHostByItsGuests() {
		SceneStory story = new SceneStory().instances("cart", "cart-0", "cart-1", "cart-2")
			.host("node-1", "cart-0", "bank-0");
		for (String instance : List.of("cart-0", "cart-1", "cart-2")) {
			IntStream.range(0, 8).forEach((i) -> story.alert(instance, "metric " + (char) ('a' + i), i));
		}
		Map<String, Double> strengths = strengths(find(story));
		assertThat(strengths.get("cart")).isCloseTo(Math.sqrt(3) * strengths.get("cart-1"), within(1e-9));
		assertThat(strengths.get("node-1")).isLessThan(strengths.get("cart-0"));
	}

	@Test
	void anAlertThatNamesNobodyAccusesNobody() {
		assertThat(find(new SceneStory().labelled(Map.of("severity", "page"), "SomethingIsWrong", 0))).isEmpty();
		assertThat(find(new SceneStory().labelled(Map.of("host", "node-1", "pod", "cart-0"), "Cpu", 0)))
			.extracting((item) -> item.suspect().service())
			.containsExactly("cart-0");
	}

	@Test
	void aChangeAddsToWhatElseSpeaksAgainstTheServiceAndToNothingElse() {
		SceneStory story = new SceneStory().metric("cart", "cpu_usage_pct", 20, 90)
			.change("cart", -240, "version 1.4.1 -> 1.4.2")
			.change("bank", -240, "version 7 -> 8");
		assertThat(find(story)).filteredOn((item) -> item.kind() == EvidenceClass.CHANGE)
			.singleElement()
			.satisfies((item) -> {
				assertThat(item.suspect().service()).isEqualTo("cart");
				assertThat(item.statement()).isEqualTo("version 1.4.1 -> 1.4.2, 4 min before the first anomaly");
				assertThat(item.strength()).isBetween(1.0, 2.0);
			});
	}

	@Test
	void anOldChangeAndALaterOneExplainNothing() {
		SceneStory story = new SceneStory().metric("cart", "cpu_usage_pct", 20, 90)
			.change("cart", -3600, "version 1 -> 2")
			.change("cart", 300, "version 2 -> 1");
		assertThat(find(story)).extracting(Evidence::kind).containsExactly(EvidenceClass.RESOURCE);
	}

	@Test
	void aServiceWhoseFailureIsItsCalleesKeepsNothing() {
		Clues clues = SceneEvidence.find(new SceneStory().failing(TraceStory.failingCheckout("t1")).tell());
		assertThat(strengths(clues.evidence())).containsOnlyKeys("payment");
		assertThat(clues.excuses()).extracting(Clues.Excuse::service, Clues.Excuse::by)
			.containsExactly(tuple("gateway", "payment"));
		assertThat(clues.signs()).extracting(Clues.Sign::service).containsExactlyInAnyOrder("payment", "gateway");
	}

	@Test
	void aSilentPeerIsBlamedOnlyWhenSeveralServicesCannotReachIt() {
		Map<String, Double> one = strengths(find(
				new SceneStory().failing(new TraceStory("t1").failedCallTo("10.0.0.9", "s1", null, "shop", 0, 50))));
		assertThat(one.get("shop")).isGreaterThan(one.get("10.0.0.9"));
		Map<String, Double> two = strengths(
				find(new SceneStory().failing(new TraceStory("t1").failedCallTo("10.0.0.9", "s1", null, "shop", 0, 50))
					.failing(new TraceStory("t2").failedCallTo("10.0.0.9", "s1", null, "bank", 0, 50))));
		assertThat(two.get("10.0.0.9")).isGreaterThan(two.get("shop")).isGreaterThan(two.get("bank"));
	}

	@Test
	void errorsThatAreLoggedInNormalTimeTooShowNothing() {
		List<TraceStory> normal = IntStream.range(0, 50)
			.mapToObj((i) -> new TraceStory("n" + i).span("s1", null, "shop", 0, 10)
				.error("shop", "s1", 5, "cache is cold"))
			.toList();
		TraceStory now = new TraceStory("t1").span("s1", null, "shop", 0, 10).error("shop", "s1", 5, "cache is cold");
		SceneStory known = new SceneStory().normally(normal).normally(normal);
		assertThat(strengths(find(known.failing(now).trace(now))).getOrDefault("shop", 0.0)).isLessThan(0.1);
		SceneStory young = new SceneStory().before(normal);
		assertThat(strengths(find(young.failing(now).trace(now))).getOrDefault("shop", 0.0))
			.as("the minute before is all that is known")
			.isLessThan(0.1);
		assertThat(strengths(find(new SceneStory().failing(now).trace(now))).get("shop")).as("nothing is known")
			.isGreaterThan(2);
	}

	@Test
	void errorsOfTheMinuteBeforeALateAlertAreComparedToo() {
		List<TraceStory> normal = hundred("normal ", 10);
		TraceStory quiet = new TraceStory("quiet").span("s1", null, "shop", 0, 10);
		SceneStory usual = new SceneStory().normally(normal).normally(normal).before(hundred("before ", 12));
		assertThat(strengths(find(usual.failing(complaining("before 1")).trace(quiet))).getOrDefault("shop", 0.0))
			.as("as many as ever")
			.isLessThan(0.1);
		SceneStory unusual = new SceneStory().normally(normal).normally(normal).before(hundred("before ", 60));
		assertThat(strengths(find(unusual.failing(complaining("before 1")).trace(quiet))).get("shop"))
			.as("six times as many")
			.isGreaterThan(2);
		SceneStory young = new SceneStory().before(hundred("before ", 60));
		assertThat(strengths(find(young.failing(complaining("before 1")).trace(quiet))).get("shop"))
			.as("nothing is known of normal time")
			.isGreaterThan(2);
	}

	@Test
	void anotherMixOfTrafficMakesNoErrorsUnusual() {
		SceneStory busy = new SceneStory();
		for (int minute = 0; minute < 5; minute++) {
			String name = "minute " + minute + " ";
			busy.normally(IntStream.range(0, 100)
				.mapToObj((i) -> (i < 20) ? complaining(name + i)
						: new TraceStory(name + i).operation("s1", "shop", "browse", 0, 10))
				.toList());
		}
		IntStream.range(0, 40).mapToObj((i) -> complaining("now " + i)).forEach((now) -> busy.failing(now).trace(now));
		assertThat(strengths(find(busy)).getOrDefault("shop", 0.0)).as("a fifth of all complained, now all do")
			.isLessThan(0.1);
	}

	@Test
	void moreOfAUsualErrorIsAnotherMixOfRequestsUntilItIsTwiceAsMuch() {
		assertThat(complaints(40, 75)).isEmpty();
		assertThat(complaints(40, 90)).containsKey("shop");
	}

	/** Of a hundred executions so many complained each minute, and so many do now. */
	private static Map<String, Double> complaints(int usual, int now) {
		SceneStory story = new SceneStory();
		for (int minute = 0; minute < 5; minute++) {
			story.normally(hundred("minute " + minute + " ", usual));
		}
		hundred("now ", now).forEach((trace) -> story.failing(trace).trace(trace));
		return strengths(find(story));
	}

	private static List<TraceStory> hundred(String name, int complaining) {
		return IntStream.range(0, 100)
			.mapToObj((i) -> (i < complaining) ? complaining(name + i)
					: new TraceStory(name + i).span("s1", null, "shop", 0, 10))
			.toList();
	}

	/** What always complains, and works. */
	private static TraceStory complaining(String trace) {
		return new TraceStory(trace).span("s1", null, "shop", 0, 10).error("shop", "s1", 5, "cache is cold");
	}

	private static List<Evidence> find(SceneStory story) {
		return SceneEvidence.find(story.tell()).evidence();
	}

	private static Map<String, Double> strengths(List<Evidence> evidence) {
		return evidence.stream()
			.collect(Collectors.groupingBy((item) -> item.suspect().service(),
					Collectors.mapping(Evidence::strength, Collectors.reducing(0.0, Math::max))));
	}

}
