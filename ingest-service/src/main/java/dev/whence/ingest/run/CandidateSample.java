package dev.whence.ingest.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

import dev.whence.model.run.RunEvent;
import org.jspecify.annotations.Nullable;

/**
 * Takes a fair sample of lists that are longer than anybody looks at, in what a step was
 * given, gave and says of itself. How long they were is kept, so that counts stay exact.
 * The sample (Vitter's algorithm R, 1985) depends on the event alone, and keeps the
 * order.
 */
final class CandidateSample {

	/** What is kept of a list. */
	static final int SIZE = 1_000;

	private static final List<String> PARTS = List.of("inputs", "outputs", "metadata");

	private CandidateSample() {
	}

	/** The event with its long lists sampled; the same event when it has none. */
	static RunEvent of(RunEvent event, UUID eventId) {
		if (!event.data().containsKey(RunEvent.SAMPLED)
				&& PARTS.stream().noneMatch((part) -> isLong(event.data().get(part)))) {
			return event;
		}
		Map<String, @Nullable Object> lengths = new LinkedHashMap<>();
		SplittableRandom random = new SplittableRandom(eventId.getLeastSignificantBits());
		Map<String, @Nullable Object> data = new LinkedHashMap<>(event.data());
		data.remove(RunEvent.SAMPLED);
		for (String part : PARTS) {
			data.computeIfPresent(part, (_, value) -> sample(part, value, lengths, random));
		}
		if (!lengths.isEmpty()) {
			data.put(RunEvent.SAMPLED, lengths);
		}
		return new RunEvent(event.runId(), event.subject(), event.type(), event.name(), data);
	}

	private static boolean isLong(@Nullable Object value) {
		return switch (value) {
			case List<?> list -> list.size() > SIZE;
			case Map<?, ?> map ->
				map.values().stream().anyMatch((member) -> member instanceof List<?> list && list.size() > SIZE);
			case null, default -> false;
		};
	}

	private static Object sample(String part, Object value, Map<String, @Nullable Object> lengths,
			SplittableRandom random) {
		if (value instanceof List<?> list) {
			return sampleOf(part, list, lengths, random);
		}
		if (!(value instanceof Map<?, ?> map)) {
			return value;
		}
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		map.forEach((key, member) -> members.put(String.valueOf(key),
				(member instanceof List<?> list) ? sampleOf(part + "." + key, list, lengths, random) : member));
		return members;
	}

	private static List<?> sampleOf(String place, List<?> list, Map<String, @Nullable Object> lengths,
			SplittableRandom random) {
		if (list.size() <= SIZE) {
			return list;
		}
		lengths.put(place, list.size());
		int[] chosen = new int[SIZE];
		for (int i = 0; i < list.size(); i++) {
			int slot = (i < SIZE) ? i : random.nextInt(i + 1);
			if (slot < SIZE) {
				chosen[slot] = i;
			}
		}
		Arrays.sort(chosen);
		List<@Nullable Object> sample = new ArrayList<>(SIZE);
		for (int index : chosen) {
			sample.add(list.get(index));
		}
		return sample;
	}

}
