package dev.whence.store.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

/**
 * A condition in SQL that holds for every row that the {@link Judge} takes, and for few
 * others.
 *
 * @param sql of the columns of the type's table; {@code true} where nothing can be said,
 * {@code false} where no row of the type matches
 * @param parameters by their names
 */
public record RoughCondition(String sql, Map<String, Object> parameters) {

	private static final String TRUE = "true";

	private static final String FALSE = "false";

	/** More words of a phrase leave out nothing more that matters. */
	private static final int MOST_WORDS = 3;

	private static final int ASCII = 128;

	/**
	 * @param prefix in front of the names of all parameters
	 */
	public static RoughCondition of(SignalType type, Expression expression, String prefix) {
		Builder builder = new Builder(type, prefix);
		Term term = builder.of(expression);
		return new RoughCondition(term.sql(), builder.parameters);
	}

	/** Whether no row of the type can match. */
	public boolean matchesNothing() {
		return this.sql.equals(FALSE);
	}

	/**
	 * @param exact whether it is never null, and true for nothing that the judge refuses
	 */
	private record Term(String sql, boolean exact) {

		static final Term ANYTHING = new Term(TRUE, false);

		static final Term EVERYTHING = new Term(TRUE, true);

		static final Term NOTHING = new Term(FALSE, true);

	}

	private static final class Builder {

		private final Map<String, Object> parameters = new HashMap<>();

		private final SignalType type;

		private final String prefix;

		Builder(SignalType type, String prefix) {
			this.type = type;
			this.prefix = prefix;
		}

		Term of(Expression expression) {
			return switch (expression) {
				case Expression.Everything _ -> Term.EVERYTHING;
				case Expression.AllOf all -> all(all.parts().stream().map(this::of).toList());
				case Expression.AnyOf any -> any(any.parts().stream().map(this::of).toList());
				case Expression.Not not -> not(of(not.part()));
				case Expression.Phrase phrase -> phrase(phrase);
				case Expression.TextIs is -> switch (is.field()) {
					case Field.Own own -> text(own, is.value(), is.prefix());
					case Field.Attribute attribute -> attribute(attribute, is.prefix() ? null : is.value());
				};
				case Expression.Exists exists -> switch (exists.field()) {
					case Field.Own _ -> Term.ANYTHING;
					case Field.Attribute attribute -> attribute(attribute, null);
				};
				case Expression.NumberIs is -> switch (is.field()) {
					case Field.Own _ -> (this.type == SignalType.METRIC)
							? new Term("value " + is.operator().sign() + " " + parameter(is.value()), false)
							: Term.NOTHING;
					case Field.Attribute attribute -> attribute(attribute, null);
				};
				case Expression.DurationIs is -> (this.type == SignalType.TRACE)
						? new Term("duration " + is.operator().sign() + " " + parameter(is.value().toNanos()), true)
						: Term.NOTHING;
				case Expression.LevelIs is -> level(is);
				case Expression.KindIs is -> (this.type == SignalType.TRACE)
						? new Term("kind = " + parameter(is.value().code()), true) : Term.NOTHING;
			};
		}

		private static Term all(List<Term> parts) {
			boolean exact = parts.stream().allMatch(Term::exact);
			if (parts.stream().anyMatch((part) -> part.sql().equals(FALSE))) {
				return Term.NOTHING;
			}
			List<String> some = parts.stream().map(Term::sql).filter((sql) -> !sql.equals(TRUE)).toList();
			return some.isEmpty() ? new Term(TRUE, exact) : new Term("(" + String.join(" and ", some) + ")", exact);
		}

		private static Term any(List<Term> parts) {
			boolean exact = parts.stream().allMatch(Term::exact);
			if (parts.stream().anyMatch((part) -> part.sql().equals(TRUE))) {
				return new Term(TRUE, exact);
			}
			List<String> some = parts.stream().map(Term::sql).filter((sql) -> !sql.equals(FALSE)).toList();
			return some.isEmpty() ? Term.NOTHING : new Term("(" + String.join(" or ", some) + ")", exact);
		}

		private static Term not(Term part) {
			if (!part.exact()) {
				return Term.ANYTHING;
			}
			return switch (part.sql()) {
				case TRUE -> Term.NOTHING;
				case FALSE -> Term.EVERYTHING;
				default -> new Term("not " + part.sql(), true);
			};
		}

		private Term phrase(Expression.Phrase phrase) {
			List<String> words = words(phrase.text());
			List<Term> columns = new ArrayList<>();
			for (Field.Own field : (phrase.field() != null) ? List.of(phrase.field())
					: List.of(Field.Own.MESSAGE, Field.Own.NAME, Field.Own.STATUS_MESSAGE)) {
				String column = column(field);
				if (column != null) {
					columns.add(words.isEmpty() ? Term.ANYTHING
							: all(words.stream().map((word) -> like(column, word)).toList()));
				}
			}
			if (phrase.field() == null && this.type == SignalType.TRACE) {
				// As JSON writes texts, each word of theirs stands there as it is.
				columns.add(words.isEmpty() ? Term.ANYTHING
						: all(words.stream().map((word) -> like("details", word)).toList()));
			}
			return any(columns);
		}

		private Term like(String column, String word) {
			return new Term(column + " collate \"C\" ilike " + parameter("%" + word + "%"), false);
		}

		/** The longest words that have no letters beyond ASCII. */
		private static List<String> words(String phrase) {
			List<String> words = new ArrayList<>();
			Words.of(phrase, words::add);
			return words.stream()
				.filter(Builder::isAscii)
				.distinct()
				.sorted((a, b) -> Integer.compare(b.length(), a.length()))
				.limit(MOST_WORDS)
				.toList();
		}

		private Term text(Field.Own field, String value, boolean prefix) {
			if (field == Field.Own.TRACE) {
				return prefix ? Term.ANYTHING
						: new Term("trace_id = " + parameter(IdCodec.TRACE.encode(new TraceId(value).value())), false);
			}
			String column = column(field);
			if (column == null) {
				return Term.NOTHING;
			}
			return switch (field) {
				case SPAN, PARENT ->
					prefix ? Term.ANYTHING : new Term(column + " = " + parameter(IdCodec.SPAN.encode(value)), false);
				case STATUS, LEVEL -> folded(field, column, value, prefix);
				case SERVICE, NAME, UNIT ->
					prefix ? new Term("starts_with(" + column + ", " + parameter(value) + ")", true)
							: new Term(column + " = " + parameter(value), true);
				default -> Term.ANYTHING;
			};
		}

		private Term folded(Field.Own field, String column, String value, boolean prefix) {
			String folded = Words.fold(value);
			if (prefix || !isAscii(folded)) {
				return Term.ANYTHING;
			}
			Set<String> values = (field == Field.Own.STATUS && folded.equals("error")) ? Span.FAILED : Set.of(folded);
			return new Term(
					"lower(" + column + " collate \"C\") = any(" + parameter(values.toArray(String[]::new)) + ")",
					true);
		}

		private Term level(Expression.LevelIs is) {
			if (this.type != SignalType.LOG) {
				return Term.NOTHING;
			}
			List<String> texts = new ArrayList<>();
			for (LogLevel level : LogLevel.values()) {
				if (is.operator().holds(level.compareTo(is.value()))) {
					texts.addAll(level.ownTexts());
				}
			}
			String known = parameter(LogLevel.texts().toArray(String[]::new));
			String wanted = parameter(texts.toArray(String[]::new));
			return new Term("(upper(level collate \"C\") = any(" + wanted + ") or upper(level collate \"C\") <> all("
					+ known + "))", false);
		}

		private Term attribute(Field.Attribute attribute, @Nullable String value) {
			if (!isPlain(attribute.name())) {
				return Term.ANYTHING;
			}
			String mentioned = "%\"" + attribute.name().replace("%", "\\%").replace("_", "\\_") + "\"%";
			if (value != null && isPlain(value)) {
				mentioned += value.replace("%", "\\%").replace("_", "\\_") + "%";
			}
			String pattern = parameter(mentioned);
			List<String> columns = switch (attribute.place()) {
				case SIGNAL -> List.of("attributes");
				case RESOURCE -> List.of("resource");
				case EITHER -> List.of("attributes", "resource");
			};
			// What is escaped may say the same in other letters.
			return new Term(columns.stream()
				.map((column) -> column + " like " + pattern + " or strpos(" + column + ", '\\') > 0")
				.collect(Collectors.joining(" or ", "(", ")")), false);
		}

		private @Nullable String column(Field.Own field) {
			return switch (field) {
				case SERVICE -> "service";
				case LEVEL, MESSAGE -> (this.type == SignalType.LOG) ? field.written() : null;
				case NAME -> (this.type != SignalType.LOG) ? "name" : null;
				case TRACE -> "trace_id";
				case SPAN -> (this.type != SignalType.METRIC) ? "span_id" : null;
				case PARENT -> (this.type == SignalType.TRACE) ? "parent_span_id" : null;
				case STATUS, STATUS_MESSAGE -> (this.type == SignalType.TRACE) ? field.written() : null;
				case UNIT -> (this.type == SignalType.METRIC) ? "unit" : null;
				case KIND, DURATION, VALUE -> null;
			};
		}

		private String parameter(Object value) {
			String name = this.prefix + this.parameters.size();
			this.parameters.put(name, value);
			return ":" + name;
		}

		private static boolean isAscii(String text) {
			return text.chars().allMatch((c) -> c < ASCII);
		}

		/** Whether JSON writes a text as it is. */
		private static boolean isPlain(String text) {
			return text.chars().allMatch((c) -> c >= ' ' && c < ASCII && c != '"' && c != '\\' && c != '/');
		}

	}

}
