package dev.whence.store.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;
import dev.whence.model.search.Words;

/**
 * Whether a segment may hold something that matches an expression, as far as the filter
 * of its words tells: never wrongly no.
 */
final class Likely {

	/** More words of a phrase leave out nothing more that matters. */
	private static final int MOST_WORDS = 3;

	private Likely() {
	}

	/** The tokens that the filter is asked for, each once. */
	static long[] tokens(Expression expression) {
		return all(expression).distinct().toArray();
	}

	/** Which of the tokens it is. */
	static int place(long[] tokens, long token) {
		int place = 0;
		while (tokens[place] != token) {
			place++;
		}
		return place;
	}

	private static LongStream all(Expression expression) {
		return switch (expression) {
			case Expression.AllOf all -> all.parts().stream().flatMapToLong(Likely::all);
			case Expression.AnyOf any -> any.parts().stream().flatMapToLong(Likely::all);
			case Expression.Phrase phrase -> words(phrase).stream().mapToLong(Tokens::word);
			case Expression.TextIs(Field.Attribute attribute, String value, boolean prefix) when !prefix ->
				LongStream.of(Tokens.attribute(attribute.name(), value));
			default -> LongStream.empty();
		};
	}

	static boolean mayMatch(Expression expression, LongPredicate filter) {
		return switch (expression) {
			case Expression.AllOf all -> all.parts().stream().allMatch((part) -> mayMatch(part, filter));
			case Expression.AnyOf any -> any.parts().stream().anyMatch((part) -> mayMatch(part, filter));
			case Expression.Phrase phrase -> words(phrase).stream().allMatch((word) -> filter.test(Tokens.word(word)));
			case Expression.TextIs(Field.Attribute attribute, String value, boolean prefix) when !prefix ->
				filter.test(Tokens.attribute(attribute.name(), value));
			default -> true;
		};
	}

	/** The longest words that certainly end where the phrase says so. */
	private static List<String> words(Expression.Phrase phrase) {
		List<String> words = new ArrayList<>();
		Words.of(phrase.text(), words::add);
		if (phrase.prefix() && !words.isEmpty()) {
			words.removeLast();
		}
		return words.stream()
			.distinct()
			.sorted(Comparator.comparingInt(String::length).reversed())
			.limit(MOST_WORDS)
			.toList();
	}

}
