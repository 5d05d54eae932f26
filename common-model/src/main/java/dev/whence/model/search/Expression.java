package dev.whence.model.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.whence.model.LogLevel;
import dev.whence.model.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for. {@link #toString()} writes it in the language that
 * {@link QueryParser} reads, and reading that gives the same again.
 */
public sealed interface Expression {

	/** Both of them, and more; nothing twice nested, one alone is itself. */
	static Expression allOf(List<Expression> parts) {
		List<Expression> flat = new ArrayList<>();
		for (Expression part : parts) {
			switch (part) {
				case AllOf all -> flat.addAll(all.parts());
				case Everything _ -> {
				}
				default -> flat.add(part);
			}
		}
		return flat.isEmpty() ? new Everything() : (flat.size() == 1) ? flat.getFirst() : new AllOf(flat);
	}

	/** One of them, or several; nothing twice nested, one alone is itself. */
	static Expression anyOf(List<Expression> parts) {
		List<Expression> flat = new ArrayList<>();
		for (Expression part : parts) {
			if (part instanceof AnyOf any) {
				flat.addAll(any.parts());
			}
			else {
				flat.add(part);
			}
		}
		return (flat.size() == 1) ? flat.getFirst() : new AnyOf(flat);
	}

	/** Every signal. */
	record Everything() implements Expression {

		@Override
		public String toString() {
			return "*";
		}

	}

	/** What all parts match. */
	record AllOf(List<Expression> parts) implements Expression {

		@Override
		public String toString() {
			return this.parts.stream()
				.map((part) -> (part instanceof AnyOf) ? "(" + part + ")" : part.toString())
				.collect(Collectors.joining(" "));
		}

	}

	/** What at least one part matches. */
	record AnyOf(List<Expression> parts) implements Expression {

		@Override
		public String toString() {
			return this.parts.stream().map(Expression::toString).collect(Collectors.joining(" OR "));
		}

	}

	/** What the part does not match. */
	record Not(Expression part) implements Expression {

		@Override
		public String toString() {
			return switch (this.part) {
				case AllOf _, AnyOf _, Not _ -> "-(" + this.part + ")";
				default -> "-" + this.part;
			};
		}

	}

	/**
	 * Words one after another, with whatever stands between them, in any case: in the
	 * text of a log record, in the name or status message of a span, in the name of a
	 * metric.
	 *
	 * @param field the one text that is meant, null for all of them
	 * @param prefix whether the last word may go on
	 */
	record Phrase(Field.@Nullable Own field, String text, boolean prefix) implements Expression {

		@Override
		public String toString() {
			return ((this.field != null) ? this.field.written() + ":" : "") + Words.quote(this.text)
					+ (this.prefix ? "*" : "");
		}

	}

	/**
	 * A field with a text: the same one, or one that begins so. A status is the same in
	 * any case.
	 */
	record TextIs(Field field, String value, boolean prefix) implements Expression {

		@Override
		public String toString() {
			return this.field.written() + ":" + Words.quote(this.value) + (this.prefix ? "*" : "");
		}

	}

	/** A field that is there. */
	record Exists(Field field) implements Expression {

		@Override
		public String toString() {
			return this.field.written() + ":*";
		}

	}

	/** An attribute, or the value of a metric, that is a number. */
	record NumberIs(Field field, Operator operator, double value) implements Expression {

		@Override
		public String toString() {
			return this.field.written() + ":" + this.operator.sign() + this.value;
		}

	}

	/** A span of a duration. */
	record DurationIs(Operator operator, Duration value) implements Expression {

		@Override
		public String toString() {
			return Field.Own.DURATION.written() + ":" + this.operator.sign() + this.value.toNanos() + "ns";
		}

	}

	/** A log record of a level, whatever its logger calls it. */
	record LevelIs(Operator operator, LogLevel value) implements Expression {

		@Override
		public String toString() {
			return Field.Own.LEVEL.written() + ":" + this.operator.sign() + this.value.name().toLowerCase(Locale.ROOT);
		}

	}

	/** A span of a kind. */
	record KindIs(SpanKind value) implements Expression {

		@Override
		public String toString() {
			return Field.Own.KIND.written() + ":" + this.value.name().toLowerCase(Locale.ROOT);
		}

	}

}
