package dev.whence.model.run;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StepCountsTests {

	@Test
	void aFilterIsCountedFromItsMetadata() {
		assertThat(counts("filter", Map.of("candidate_count", 7), Map.of("survivors", List.of(1, 2)),
				Map.of("total_count", 5, "drop_rate", 0.6)))
			.isEqualTo(new StepCounts(5L, 2L, 0.6));
	}

	@Test
	void aCountOfZeroIsMissingWhereAnotherIsTold() {
		assertThat(counts("filter", Map.of("candidate_count", 7), null, Map.of("total_count", 0)).input()).isEqualTo(7);
		assertThat(counts("filter", Map.of("candidate_count", 0), null, Map.of("total_count", 0)).input()).isZero();
	}

	@Test
	void survivorsThatAreTextAreCountedByTheirNumber() {
		assertThat(counts("filter", Map.of("candidate_count", 4), Map.of("survivor_count", 1, "survivors", "[{1, 2}]"),
				null))
			.isEqualTo(new StepCounts(4L, 1L, 0.75));
	}

	@Test
	void aRetrievalOnlyFinds() {
		assertThat(counts("retrieval", null, Map.of("count", 3), null)).isEqualTo(new StepCounts(null, 3L, null));
		assertThat(counts("retrieval", null, Map.of("items", List.of(1)), null).output()).isEqualTo(1);
		assertThat(counts("retrieval", null, List.of(1, 2), null).output()).isNull();
	}

	@Test
	void whatIsNoCountIsNone() {
		assertThat(counts("filter", "many", 3, List.of())).isEqualTo(new StepCounts(null, null, null));
		assertThat(counts("filter", null, null, Map.of("total_count", -1, "survivor_count", 1.5)))
			.isEqualTo(new StepCounts(null, null, null));
		assertThat(counts("filter", null, null, Map.of("total_count", Double.POSITIVE_INFINITY)).input()).isNull();
		assertThat(counts("llm", Map.of("candidate_count", 3), null, null).input()).isNull();
	}

	@Test
	void aListThatWasSampledCountsAsLongAsItWas() {
		assertThat(
				StepCounts.of("retrieval", null, Map.of("items", List.of(1)), null, Map.of("outputs.items", 100_000)))
			.isEqualTo(new StepCounts(null, 100_000L, null));
	}

	private static StepCounts counts(String type, @Nullable Object inputs, @Nullable Object outputs,
			@Nullable Object metadata) {
		return StepCounts.of(type, inputs, outputs, metadata, Map.of());
	}

}
