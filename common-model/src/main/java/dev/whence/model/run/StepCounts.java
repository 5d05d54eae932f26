package dev.whence.model.run;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * How much went into a step and how much came out. The rules are those of X-Ray, with
 * repairs: a filter that told only the number of its survivors ({@code survivor_count} of
 * its outputs), or lists what it was given ({@code candidates} of its inputs), has
 * counts, too; types may be in any case; what is no share of what went in is no drop
 * rate.
 *
 * @param input how many candidates; null when unknown
 * @param output how many survived or were found; null when unknown
 * @param dropRate the share that was dropped, as told or computed; null when unknown
 */
public record StepCounts(@Nullable Long input, @Nullable Long output, @Nullable Double dropRate) {

	static final StepCounts UNKNOWN = new StepCounts(null, null, null);

	/**
	 * @param sampled how long lists were of which only a sample is there, by their place
	 */
	static StepCounts of(String type, @Nullable Object inputs, @Nullable Object outputs, @Nullable Object metadata,
			Map<String, @Nullable Object> sampled) {
		StepCounts counts = switch (type.toLowerCase(Locale.ROOT)) {
			case "filter" -> filter(map(inputs), map(outputs), map(metadata), sampled);
			case "retrieval" -> retrieval(map(outputs), sampled);
			default -> UNKNOWN;
		};
		OptionalDouble told = Numbers.number(map(metadata), "drop_rate");
		// A share of what went in; anything else says nothing.
		if (told.isPresent() && told.getAsDouble() >= 0 && told.getAsDouble() <= 1) {
			return new StepCounts(counts.input, counts.output, told.getAsDouble());
		}
		if (counts.input != null && counts.input > 0 && counts.output != null && counts.output <= counts.input) {
			return new StepCounts(counts.input, counts.output,
					(counts.input - counts.output) / (double) counts.input.longValue());
		}
		return counts;
	}

	/** The members of a JSON object; none for any other value. */
	@SuppressWarnings("unchecked")
	static Map<String, @Nullable Object> map(@Nullable Object value) {
		// The names of a JSON object are texts.
		return (value instanceof Map<?, ?> members) ? (Map<String, @Nullable Object>) members
				: Collections.<String, @Nullable Object>emptyMap();
	}

	private static StepCounts filter(Map<String, @Nullable Object> inputs, Map<String, @Nullable Object> outputs,
			Map<String, @Nullable Object> metadata, Map<String, @Nullable Object> sampled) {
		Long input = firstOf(Numbers.count(metadata, "total_count"), Numbers.count(inputs, "candidate_count"));
		if (input == null) {
			input = boxed(size(inputs, "inputs", "candidates", sampled));
		}
		Long output = firstOf(Numbers.count(metadata, "survivor_count"),
				size(outputs, "outputs", "survivors", sampled));
		if (output == null) {
			output = boxed(Numbers.count(outputs, "survivor_count"));
		}
		return new StepCounts(input, output, null);
	}

	private static StepCounts retrieval(Map<String, @Nullable Object> outputs, Map<String, @Nullable Object> sampled) {
		return new StepCounts(null,
				firstOf(Numbers.count(outputs, "count"), size(outputs, "outputs", "items", sampled)), null);
	}

	private static OptionalLong size(Map<String, @Nullable Object> part, String name, String list,
			Map<String, @Nullable Object> sampled) {
		OptionalLong before = Numbers.count(sampled, name + "." + list);
		if (before.isPresent()) {
			return before;
		}
		return (part.get(list) instanceof Collection<?> collection) ? OptionalLong.of(collection.size())
				: OptionalLong.empty();
	}

	// Clients that do not know leave 0, so another number is believed before it.
	private static @Nullable Long firstOf(OptionalLong one, OptionalLong other) {
		boolean told = one.isPresent() && (one.getAsLong() != 0 || other.isEmpty());
		return boxed(told ? one : other);
	}

	private static @Nullable Long boxed(OptionalLong number) {
		return number.isPresent() ? number.getAsLong() : null;
	}

}
