package dev.whence.query.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.query.metric.MetricSeries.SeriesAttribute;
import dev.whence.query.metric.MetricSeries.SeriesValue;
import dev.whence.query.page.QueryParameter;
import dev.whence.store.rollup.SeriesKey;
import org.jspecify.annotations.Nullable;

/**
 * Which series are asked for, by an attribute of their points or of where they come from.
 *
 * @param name null for all series
 */
record SeriesFilter(@Nullable String name, String value) {

	private static final SeriesFilter ALL = new SeriesFilter(null, "");

	private static final int MOST_ATTRIBUTES = 20;

	private static final int MOST_VALUES = 12;

	/** Reads the parameter {@code attribute}, a name and a value around a sign. */
	static SeriesFilter parse(@Nullable String text) {
		String checked = QueryParameter.text("attribute", text);
		if (checked == null) {
			return ALL;
		}
		int sign = checked.indexOf('=');
		if (sign < 1) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter 'attribute' is a name and a value such as pool=main");
		}
		return new SeriesFilter(checked.substring(0, sign), checked.substring(sign + 1));
	}

	boolean accepts(SeriesKey key) {
		return this.name == null || Stream.of(key.attributes(), key.resource())
			.anyMatch((attributes) -> attributes.containsKey(this.name)
					&& this.value.equals(Objects.toString(attributes.get(this.name))));
	}

	/** What could be asked for. */
	static List<SeriesAttribute> choices(List<SeriesKey> keys) {
		Map<String, Map<String, Long>> counts = new TreeMap<>();
		for (SeriesKey key : keys) {
			Map<String, @Nullable Object> all = new TreeMap<>(key.resource());
			all.putAll(key.attributes());
			all.forEach((name, value) -> counts.computeIfAbsent(name, (_) -> new TreeMap<>())
				.merge(Objects.toString(value), 1L, Long::sum));
		}
		List<SeriesAttribute> choices = new ArrayList<>();
		counts.forEach((name, values) -> choices.add(choice(name, values)));
		// What all series have alike tells none apart.
		choices.removeIf((choice) -> choice.values().getFirst().series() == keys.size());
		return choices.stream().limit(MOST_ATTRIBUTES).toList();
	}

	private static SeriesAttribute choice(String name, Map<String, Long> counts) {
		List<SeriesValue> values = counts.entrySet()
			.stream()
			.map((entry) -> new SeriesValue(entry.getKey(), entry.getValue()))
			.sorted(Comparator.comparingLong(SeriesValue::series).reversed())
			.toList();
		return new SeriesAttribute(name, values.stream().limit(MOST_VALUES).toList(),
				values.stream().skip(MOST_VALUES).mapToLong(SeriesValue::series).sum());
	}

}
