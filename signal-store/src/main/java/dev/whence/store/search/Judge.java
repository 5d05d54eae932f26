package dev.whence.store.search;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import dev.whence.model.LogLevel;
import dev.whence.model.SignalType;
import dev.whence.model.Span;
import dev.whence.model.TraceId;
import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;
import dev.whence.model.search.Operator;
import dev.whence.model.search.Words;
import dev.whence.store.form.IdCodec;
import org.jspecify.annotations.Nullable;

/** Says what an expression matches. */
public final class Judge {

	private static final String ERROR = "error";

	private Judge() {
	}

	/** Whether a signal matches. */
	public static Predicate<Searched> of(Expression expression) {
		return switch (expression) {
			case Expression.Everything _ -> (_) -> true;
			case Expression.AllOf all -> all(inOrderOfCost(all.parts()));
			case Expression.AnyOf any -> any(inOrderOfCost(any.parts()));
			case Expression.Not not -> of(not.part()).negate();
			case Expression.Phrase phrase -> phrase(phrase);
			case Expression.TextIs is -> text(is);
			case Expression.Exists exists -> exists(exists.field());
			case Expression.NumberIs is -> number(is);
			case Expression.DurationIs is -> {
				long nanos = is.value().toNanos();
				yield (signal) -> signal.type() == SignalType.TRACE
						&& is.operator().holds(Long.compare(signal.duration(), nanos));
			}
			case Expression.LevelIs is -> (signal) -> {
				LogLevel level = level(signal);
				return level != null && is.operator().holds(level.compareTo(is.value()));
			};
			case Expression.KindIs is -> (signal) -> signal.type() == SignalType.TRACE && signal.kind() == is.value();
		};
	}

	/**
	 * The level of a log record: what its text means, or its number where nobody knows
	 * the text; null for what is no log record or has neither.
	 */
	public static @Nullable LogLevel level(Searched signal) {
		String text = signal.text(Field.Own.LEVEL);
		if (text == null) {
			return null;
		}
		LogLevel level = LogLevel.ofText(text);
		return (level != null) ? level : LogLevel.ofNumber(signal.severityNumber());
	}

	private static Predicate<Searched> all(List<Predicate<Searched>> parts) {
		return (signal) -> {
			for (Predicate<Searched> part : parts) {
				if (!part.test(signal)) {
					return false;
				}
			}
			return true;
		};
	}

	private static Predicate<Searched> any(List<Predicate<Searched>> parts) {
		return (signal) -> {
			for (Predicate<Searched> part : parts) {
				if (part.test(signal)) {
					return true;
				}
			}
			return false;
		};
	}

	private static List<Predicate<Searched>> inOrderOfCost(List<Expression> parts) {
		return parts.stream().sorted(Comparator.comparingInt(Judge::cost)).map(Judge::of).toList();
	}

	private static int cost(Expression expression) {
		return switch (expression) {
			case Expression.Everything _, Expression.DurationIs _, Expression.KindIs _ -> 0;
			case Expression.LevelIs _ -> 1;
			case Expression.TextIs is -> cost(is.field());
			case Expression.Exists exists -> cost(exists.field());
			case Expression.NumberIs is -> cost(is.field());
			case Expression.Phrase _ -> 3;
			case Expression.Not not -> cost(not.part());
			case Expression.AllOf all -> all.parts().stream().mapToInt(Judge::cost).max().orElse(0);
			case Expression.AnyOf any -> any.parts().stream().mapToInt(Judge::cost).max().orElse(0);
		};
	}

	private static int cost(Field field) {
		return (field instanceof Field.Attribute) ? 4 : 2;
	}

	private static Predicate<Searched> phrase(Expression.Phrase phrase) {
		String folded = Words.fold(phrase.text());
		List<Field.Own> fields = (phrase.field() != null) ? List.of(phrase.field())
				: List.of(Field.Own.MESSAGE, Field.Own.NAME, Field.Own.STATUS_MESSAGE);
		return (signal) -> {
			for (Field.Own field : fields) {
				String text = signal.text(field);
				if (text != null && Words.contains(text, folded, phrase.prefix())) {
					return true;
				}
			}
			return phrase.field() == null
					&& signal.events().stream().anyMatch((text) -> Words.contains(text, folded, phrase.prefix()));
		};
	}

	private static Predicate<Searched> text(Expression.TextIs is) {
		return switch (is.field()) {
			case Field.Attribute attribute -> attribute(attribute, (value) -> value != JsonMember.COMPOUND
					&& (is.prefix() ? value.startsWith(is.value()) : value.equals(is.value())));
			case Field.Own own -> {
				Predicate<String> wanted = text(own, is);
				yield (signal) -> {
					String text = signal.text(own);
					return text != null && wanted.test(text);
				};
			}
		};
	}

	private static Predicate<String> text(Field.Own field, Expression.TextIs is) {
		return switch (field) {
			case STATUS, LEVEL -> {
				String folded = Words.fold(is.value());
				yield is.prefix() ? (text) -> Words.fold(text).startsWith(folded)
						: (field == Field.Own.STATUS && folded.equals(ERROR))
								? (text) -> Span.FAILED.contains(Words.fold(text))
								: (text) -> Words.fold(text).equals(folded);
			}
			case TRACE -> equal(is.prefix() ? is.value() : new TraceId(is.value()).value(), is.prefix());
			case SPAN, PARENT ->
				equal(is.prefix() ? is.value() : IdCodec.SPAN.decode(IdCodec.SPAN.encode(is.value())), is.prefix());
			default -> equal(is.value(), is.prefix());
		};
	}

	private static Predicate<String> equal(String value, boolean prefix) {
		return prefix ? (text) -> text.startsWith(value) : value::equals;
	}

	private static Predicate<Searched> exists(Field field) {
		return switch (field) {
			case Field.Attribute attribute -> attribute(attribute, (_) -> true);
			case Field.Own own -> switch (own) {
				case DURATION, KIND -> (signal) -> signal.type() == SignalType.TRACE;
				case VALUE -> (signal) -> signal.value() != null;
				default -> (signal) -> {
					String text = signal.text(own);
					return text != null && !text.isEmpty();
				};
			};
		};
	}

	private static Predicate<Searched> number(Expression.NumberIs is) {
		return switch (is.field()) {
			case Field.Attribute attribute ->
				attribute(attribute, (value) -> isNumber(value, is.operator(), is.value()));
			case Field.Own _ -> (signal) -> {
				Double value = signal.value();
				return value != null && !value.isNaN() && is.operator().holds(value.compareTo(is.value()));
			};
		};
	}

	private static boolean isNumber(String value, Operator operator, double wanted) {
		// What Java takes besides decimal numbers begins or ends with a letter.
		if (value.isEmpty() || value.charAt(0) > '9' || value.charAt(value.length() - 1) > '9') {
			return false;
		}
		try {
			double number = Double.parseDouble(value);
			return !Double.isNaN(number) && operator.holds(Double.compare(number, wanted));
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	private static Predicate<Searched> attribute(Field.Attribute attribute, Predicate<String> wanted) {
		JsonMember member = new JsonMember(attribute.name());
		Predicate<Searched> own = (signal) -> {
			String value = signal.attribute(member);
			return value != null && wanted.test(value);
		};
		Predicate<Searched> resource = (signal) -> {
			String value = signal.resource(member);
			return value != null && wanted.test(value);
		};
		return switch (attribute.place()) {
			case SIGNAL -> own;
			case RESOURCE -> resource;
			case EITHER -> own.or(resource);
		};
	}

}
