package dev.whence.model.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

class DecisionRunTests {

	private static final UUID RUN = UUID.fromString("00000000-0000-0000-0000-0000000000aa");

	@Test
	void theSameEventsInAnyOrderAndNumberGiveTheSameRun() {
		List<RunEvent> events = List.of(step(1, RunEventType.STEP_START, "name", "rank", "started_at", at(1)),
				step(1, RunEventType.STEP_COMPLETE, "name", "rank", "type", "filter", "cost", 0.25, "started_at", at(1),
						"completed_at", at(2)),
				step(1, RunEventType.STEP_FAILED, "name", "rank", "error", "late", "completed_at", at(9)),
				step(2, RunEventType.STEP_COMPLETE, "name", "answer", "type", "logic", "started_at", at(3), "outputs",
						List.of("a")),
				step(2, RunEventType.STEP_COMPLETE, "name", "answer again", "type", "logic", "started_at", at(3)),
				run(RunEventType.RUN_COMPLETE, "name", "search", "completed_at", at(4), "started_at", at(0)),
				run(RunEventType.RUN_FAILED, "name", "search", "completed_at", at(9), "error", "disk"),
				new RunEvent(RUN, RUN, RunEventType.OTHER, "heartbeat", Map.of("at", at(5))));
		DecisionRun expected = DecisionRun.of(events);
		assertThat(expected.status()).isEqualTo(RunStatus.FAILED);
		assertThat(expected.startedAt()).isEqualTo(at(0));
		for (int seed = 0; seed < 50; seed++) {
			List<RunEvent> delivered = new ArrayList<>(events);
			delivered.addAll(events.subList(0, seed % events.size()));
			Collections.shuffle(delivered, new Random(seed));
			assertThat(DecisionRun.of(delivered)).isEqualTo(expected);
		}
	}

	@Test
	void stepsThatComeBeforeTheirRunMakeOneThatIsStillGoing() {
		DecisionRun run = DecisionRun
			.of(List.of(step(1, RunEventType.STEP_COMPLETE, "name", "find", "started_at", at(7), "cost", 0.5)));
		assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
		assertThat(run.name()).isEqualTo("unnamed");
		assertThat(run.startedAt()).isEqualTo(at(7));
		assertThat(run.totalCost()).isEqualTo(0.5);
	}

	@Test
	void theTotalIsWhatWasToldOrWhatTheStepsCostWhereThatIsMore() {
		RunEvent one = step(1, RunEventType.STEP_COMPLETE, "cost", 0.01);
		RunEvent two = step(2, RunEventType.STEP_COMPLETE, "cost", 0.02);
		assertThat(DecisionRun.of(List.of(one, two, run(RunEventType.RUN_COMPLETE, "name", "r"))).totalCost())
			.isCloseTo(0.03, within(1e-12));
		assertThat(DecisionRun.of(List.of(one, two, run(RunEventType.RUN_COMPLETE, "total_cost", 5))).totalCost())
			.isEqualTo(5);
		assertThat(DecisionRun.of(List.of(step(1, RunEventType.STEP_COMPLETE, "cost", Double.NaN, "name", "n"),
				step(2, RunEventType.STEP_COMPLETE, "cost", "free")))
			.totalCost()).isZero();
	}

	@Test
	void stepsStandInTheOrderInWhichTheyStartedWhateverZoneTheirClocksHave() {
		DecisionRun run = DecisionRun
			.of(List.of(step(1, RunEventType.STEP_COMPLETE, "started_at", "2026-03-01T12:00:00+02:00"),
					step(2, RunEventType.STEP_COMPLETE, "started_at", "2026-03-01T10:30:00Z"),
					step(3, RunEventType.STEP_COMPLETE, "started_at", "2026-03-01 09:00:00.5"),
					step(4, RunEventType.STEP_COMPLETE, "started_at", "soon"), step(5, RunEventType.STEP_COMPLETE)));
		assertThat(run.steps()).extracting((step) -> step.id().getLeastSignificantBits())
			.containsExactly(3L, 1L, 2L, 4L, 5L);
		assertThat(run.steps().getFirst().startedAt()).as("echoed").isEqualTo("2026-03-01 09:00:00.5");
	}

	@Test
	void theLastLogicStepsOutputsAreTheFinalOutputWhateverJsonTheyAre() {
		assertThat(
				DecisionFunnel.of(DecisionRun.of(List.of(run(RunEventType.RUN_COMPLETE, "name", "r")))).finalOutput())
			.isNull();
		assertThat(DecisionFunnel
			.of(DecisionRun.of(List.of(step(1, RunEventType.STEP_COMPLETE, "type", "logic", "started_at", at(1)))))
			.finalOutput()).as("a logic step that says nothing").isEqualTo(Map.of());
		assertThat(DecisionFunnel
			.of(DecisionRun.of(List.of(
					step(1, RunEventType.STEP_COMPLETE, "type", "logic", "outputs", Map.of("a", 1), "started_at",
							at(1)),
					step(2, RunEventType.STEP_COMPLETE, "type", "logic", "outputs", List.of(3), "started_at", at(2)),
					step(3, RunEventType.STEP_COMPLETE, "type", "llm", "outputs", "text", "started_at", at(3)))))
			.finalOutput()).isEqualTo(List.of(3));
	}

	@Test
	void aCandidateIsFollowedThroughTheStepsToWhereItWasDropped() {
		DecisionRun run = DecisionRun.of(List.of(
				step(1, RunEventType.STEP_COMPLETE, "name", "find", "type", "retrieval", "started_at", at(1), "outputs",
						Map.of("items", List.of("a", "b"))),
				step(2, RunEventType.STEP_COMPLETE, "name", "rank", "type", "filter", "started_at", at(2), "outputs",
						Map.of("candidates",
								List.of(Map.of("id", "a", "rank", 1, "score", 0.9, "selected", true),
										Map.of("id", "b", "rank", 2, "score", 0.2, "selected", false, "reason",
												"too dear")))),
				step(3, RunEventType.STEP_COMPLETE, "name", "trim", "type", "filter", "started_at", at(3), "outputs",
						Map.of("survivors", List.of(Map.of("id", "a"))))));
		assertThat(run.journey("b"))
			.extracting(CandidateJourney.Stop::stepName, CandidateJourney.Stop::rank, CandidateJourney.Stop::selected,
					CandidateJourney.Stop::reason)
			.containsExactly(tuple("find", 2L, true, null), tuple("rank", 2L, false, "too dear"));
		assertThat(run.journey("a")).hasSize(3);
		assertThat(run.journey("c")).isEmpty();
	}

	@Test
	void twoRunsAreComparedStepByStepAndByPlaceWhereNamesRepeat() {
		DecisionRun before = DecisionRun
			.of(List.of(filter(1, "trim", 10, 5), filter(2, "trim", 5, 4), filter(3, "gone", 4, 4)));
		DecisionRun after = DecisionRun
			.of(List.of(filter(4, "trim", 10, 1), filter(5, "trim", 1, 1), filter(6, "new", 1, 1)));
		RunComparison comparison = RunComparison.of(before, after);
		assertThat(comparison.pairs()).extracting(RunComparison.Pair::name)
			.containsExactly("trim", "trim", "gone", "new");
		assertThat(dropRate(comparison.pairs().getFirst().before())).isEqualTo(0.5);
		assertThat(dropRate(comparison.pairs().getFirst().after())).isEqualTo(0.9);
		assertThat(comparison.pairs().get(2).after()).isNull();
		assertThat(comparison.pairs().get(3).before()).isNull();
	}

	private static @Nullable Double dropRate(RunComparison.@Nullable Side side) {
		return (side != null) ? side.counts().dropRate() : null;
	}

	private static RunEvent filter(int id, String name, int in, int out) {
		return step(id, RunEventType.STEP_COMPLETE, "name", name, "type", "filter", "started_at", at(id), "metadata",
				Map.of("total_count", in, "survivor_count", out));
	}

	private static RunEvent step(int id, RunEventType type, Object... data) {
		return new RunEvent(RUN, new UUID(0, id), type, type.wireName(), data(data));
	}

	private static RunEvent run(RunEventType type, Object... data) {
		return new RunEvent(RUN, RUN, type, type.wireName(), data(data));
	}

	private static Map<String, @Nullable Object> data(Object... pairs) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			data.put((String) pairs[i], pairs[i + 1]);
		}
		return data;
	}

	private static String at(int second) {
		return "2026-03-01T12:00:%02dZ".formatted(second);
	}

}
