package dev.whence.ingest.genai;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.whence.ingest.genai.DecisionProperties.Price;

/**
 * What models cost. A model is found by its name, or by the longest name in the table
 * that it continues with a date or version ({@code gpt-4o-2024-08-06}); any other is
 * unknown and costs nothing that anybody could tell.
 */
record Prices(String asOf, Map<String, Price> table) {

	/** A date or a version, and nothing that is another model's name. */
	private static final Pattern VERSION = Pattern
		.compile("-\\d{4}-?\\d{2}-?\\d{2}|-0\\d{3}|-latest|[@:]v?\\d+(:\\d+)?|@\\d{8}|-v\\d+(:\\d+)?");

	private static final double MILLION = 1e6;

	/** To a millionth, as X-Ray's clients round. */
	private static final double ROUNDED = 1e6;

	Optional<Double> cost(String model, long inputTokens, long outputTokens) {
		return this.table.entrySet()
			.stream()
			.filter((entry) -> isModel(model, entry.getKey()))
			.max(Comparator.comparingInt((entry) -> entry.getKey().length()))
			.map(Map.Entry::getValue)
			.map((price) -> (inputTokens * price.input() + outputTokens * price.output()) / MILLION)
			.map((cost) -> Math.round(cost * ROUNDED) / ROUNDED);
	}

	private static boolean isModel(String model, String name) {
		if (!model.startsWith(name)) {
			return false;
		}
		String rest = model.substring(name.length());
		return rest.isEmpty() || VERSION.matcher(rest).matches();
	}

}
