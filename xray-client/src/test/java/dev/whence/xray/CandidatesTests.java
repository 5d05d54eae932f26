package dev.whence.xray;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.whence.xray.Candidates.Candidate;
import dev.whence.xray.Candidates.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CandidatesTests {

	private static final int SAMPLE = 20;

	private final Candidates candidates = new Candidates(SAMPLE, new Random(7));

	@Test
	void whatIsKeptAndDroppedIsCountedByReason() {
		Outcome outcome = this.candidates.keep("a", 0.9, 1)
			.drop("b", "price_too_high")
			.drop("c", "price_too_high", 0.3)
			.drop("d", " ")
			.end();

		assertThat(outcome.toMetadata()).containsEntry("total_count", 4L)
			.containsEntry("survivor_count", 1L)
			.containsEntry("drop_rate", 0.75)
			.containsEntry("rejection_histogram", Map.of("price_too_high", 2L, "unknown", 1L))
			.containsEntry("candidates",
					List.of(Map.of("id", "a", "selected", true, "score", 0.9, "rank", 1L),
							Map.of("id", "b", "selected", false, "reason", "price_too_high"),
							Map.of("id", "c", "selected", false, "score", 0.3, "reason", "price_too_high"),
							Map.of("id", "d", "selected", false, "reason", "unknown")))
			.doesNotContainKey("candidates_sampled");
		assertThat(outcome.toOutputs(StepType.FILTER))
			.isEqualTo(Map.of("survivor_count", 1L, "survivors", List.of("a")));
		assertThat(outcome.toOutputs(StepType.RETRIEVAL)).isEqualTo(Map.of("count", 1L, "items", List.of("a")));
	}

	@Test
	void whatIsHandedInAndNotToldOfGoesOn() {
		this.candidates.add(List.of("a", "b", "c"), (id) -> id);
		Outcome outcome = this.candidates.drop("b", "old").end();

		assertThat(outcome.survived()).isEqualTo(2);
		assertThat(outcome.dropped()).isEqualTo(1);
		assertThat(outcome.toOutputs(StepType.FILTER)).containsEntry("survivors", List.of("a", "c"));
	}

	@Test
	void onceSomethingIsKeptTheRestIsDropped() {
		this.candidates.add(List.of("a", "b", "c"), (id) -> id);
		Outcome outcome = this.candidates.keep("b").drop("c", "old").end();

		assertThat(outcome.survived()).isEqualTo(1);
		assertThat(outcome.rejections()).isEqualTo(Map.of("unknown", 1L, "old", 1L));
	}

	@Test
	void candidatesOfOneIdCountEachForItself() {
		this.candidates.add(List.of("a", "a", "b"), (id) -> id);

		assertThat(this.candidates.drop("a", "old").end().total()).isEqualTo(3);
	}

	@Test
	void noCandidatesAreNoDropRate() {
		assertThat(this.candidates.end().toMetadata()).containsEntry("drop_rate", 0.0).containsEntry("total_count", 0L);
	}

	@Test
	void whatIsToldAfterTheEndChangesNothing() {
		this.candidates.keep("a").end();
		this.candidates.add(List.of("c"), (id) -> id);

		assertThat(this.candidates.keep("b").drop("c", "late").end().total()).isEqualTo(1);
	}

	@Test
	void reasonsThatAreNoKindsAreCountedTogether() {
		IntStream.range(0, Candidates.MOST_REASONS + 50)
			.forEach((number) -> this.candidates.drop("id", "price is " + number));
		Outcome outcome = this.candidates.drop("id", "price is 0").end();

		assertThat(outcome.rejections()).hasSize(Candidates.MOST_REASONS + 1)
			.containsEntry(Candidates.OTHER, 50L)
			.containsEntry("price is 0", 2L);
	}

	@Test
	void survivorsHaveHalfOfTheSampleAndWhatTheOthersLeave() {
		IntStream.range(0, 1000).forEach((number) -> this.candidates.keep("k" + number).drop("d" + number, "old"));
		assertThat(selected(this.candidates.end())).isEqualTo(10);

		Candidates fewDropped = new Candidates(SAMPLE, new Random(7));
		IntStream.range(0, 1000).forEach((number) -> fewDropped.keep("k" + number));
		assertThat(selected(fewDropped.drop("d", "old").end())).isEqualTo(19);

		Candidates fewKept = new Candidates(SAMPLE, new Random(7));
		IntStream.range(0, 1000).forEach((number) -> fewKept.drop("d" + number, "old"));
		Outcome outcome = fewKept.keep("k").end();
		assertThat(selected(outcome)).isEqualTo(1);
		assertThat(outcome.sample()).hasSize(SAMPLE);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void countsAreExactHoweverSmallTheSampleIs(long seed) {
		Random random = new Random(seed);
		int sample = random.nextInt(50);
		Candidates told = new Candidates(sample, random);
		long kept = 0;
		Map<String, Long> dropped = new HashMap<>();
		Map<String, Boolean> fate = new HashMap<>();
		for (int number = 0; number < 5000; number++) {
			boolean keep = random.nextInt(10) == 0;
			fate.put("id" + number, keep);
			if (keep) {
				kept++;
				told.keep("id" + number, random.nextDouble());
			}
			else {
				String reason = "reason " + random.nextInt(5);
				dropped.merge(reason, 1L, Long::sum);
				told.drop("id" + number, reason);
			}
		}
		Outcome outcome = told.end();

		assertThat(outcome.survived()).isEqualTo(kept);
		assertThat(outcome.rejections()).isEqualTo(dropped);
		assertThat(outcome.toMetadata()).containsEntry("candidates_sampled", true)
			.containsEntry("total_count", 5000L)
			.containsEntry("drop_rate", (5000 - kept) / 5000.0);
		assertThat(outcome.sample()).hasSize(sample)
			.allSatisfy((candidate) -> assertThat(candidate.selected()).isEqualTo(fate.get(candidate.id())))
			.isSortedAccordingTo((one, other) -> Long.compare(one.arrival(), other.arrival()));
		Set<String> ids = new HashSet<>(outcome.sample().stream().map(Candidate::id).toList());
		assertThat(ids).hasSize(sample);
	}

	@Test
	void severalThreadsMayTellOfCandidates() {
		IntStream.range(0, 100_000)
			.parallel()
			.forEach((number) -> this.candidates.drop("d" + number, "old").keep("k" + number));
		Outcome outcome = this.candidates.end();

		assertThat(outcome.survived()).isEqualTo(100_000);
		assertThat(outcome.rejections()).isEqualTo(Map.of("old", 100_000L));
	}

	private static long selected(Outcome outcome) {
		return outcome.sample().stream().filter(Candidate::selected).count();
	}

}
