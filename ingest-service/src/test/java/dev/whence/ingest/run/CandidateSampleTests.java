package dev.whence.ingest.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.whence.model.run.RunEvent;
import dev.whence.model.run.RunEventType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CandidateSampleTests {

	private static final UUID RUN = new UUID(1, 1);

	@Test
	void whatIsShortStaysAsItIs() {
		RunEvent event = event(Map.of("outputs", Map.of("survivors", numbers(CandidateSample.SIZE))));
		assertThat(CandidateSample.of(event, RUN)).isSameAs(event);
	}

	@Test
	void aLongListIsSampledInItsOrderAndItsLengthKept() {
		RunEvent event = event(Map.of("outputs", Map.of("survivors", numbers(5_000), "note", "x"), "name", "n"));
		RunEvent sampled = CandidateSample.of(event, RUN);
		assertThat(sampled).isEqualTo(CandidateSample.of(event, RUN));
		assertThat(sampled.data().get(RunEvent.SAMPLED)).isEqualTo(Map.of("outputs.survivors", 5_000));
		assertThat(sampled.counts().output()).isEqualTo(5_000);
		Map<?, ?> outputs = (Map<?, ?>) sampled.data().get("outputs");
		assertThat(outputs.get("note")).isEqualTo("x");
		List<Integer> kept = ((List<?>) outputs.get("survivors")).stream().map(Integer.class::cast).toList();
		assertThat(kept).hasSize(CandidateSample.SIZE).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void everyPlaceIsAsLikelyToBeKept() {
		int[] kept = new int[10];
		for (int seed = 0; seed < 200; seed++) {
			RunEvent sampled = CandidateSample.of(event(Map.of("outputs", numbers(2_000))), new UUID(0, seed));
			((List<?>) sampled.data().get("outputs")).forEach((number) -> kept[(int) number / 200]++);
		}
		// 200 * 1,000 of 2,000: 20,000 in each tenth, give or take five deviations.
		assertThat(Arrays.stream(kept).boxed()).allSatisfy((count) -> assertThat(count).isBetween(19_600, 20_400));
	}

	@Test
	void aClientCannotClaimThatItsListsWereLonger() {
		Map<String, @Nullable Object> data = new HashMap<>(Map.of("outputs", Map.of("survivors", List.of(1))));
		data.put(RunEvent.SAMPLED, Map.of("outputs.survivors", 1_000_000));
		assertThat(CandidateSample.of(event(data), RUN).counts().output()).isEqualTo(1);
	}

	private static List<Integer> numbers(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	private static RunEvent event(Map<String, @Nullable Object> data) {
		Map<String, @Nullable Object> all = new HashMap<>(data);
		all.put("type", "filter");
		return new RunEvent(RUN, RUN, RunEventType.STEP_COMPLETE, "step_complete", all);
	}

}
