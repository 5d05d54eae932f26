package dev.whence.control.image.containerfile;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides about a module. {@code &&} is read before {@code ||}, so that
 * {@code a || b && c} is {@code (a || b) && c}; both need a space on either side.
 */
sealed interface Condition {

	boolean holds(BuildContext context);

	/** All parts of a conjunction. */
	record All(List<Condition> parts) implements Condition {

		@Override
		public boolean holds(BuildContext context) {
			return this.parts.stream().allMatch((part) -> part.holds(context));
		}

	}

	/** Any part of a disjunction. */
	record Any(List<Condition> parts) implements Condition {

		@Override
		public boolean holds(BuildContext context) {
			return this.parts.stream().anyMatch((part) -> part.holds(context));
		}

	}

	/** A comparison. */
	record Equal(String operand, String text) implements Condition {

		@Override
		public boolean holds(BuildContext context) {
			return context.holds(this.operand, this.text);
		}

	}

	/** What is no comparison never holds. */
	record Never(String text) implements Condition {

		@Override
		public boolean holds(BuildContext context) {
			return false;
		}

	}

	static Condition parse(String text) {
		String condition = text.strip();
		if (condition.contains(" && ")) {
			return new All(parts(condition, " && "));
		}
		if (condition.contains(" || ")) {
			return new Any(parts(condition, " || "));
		}
		int equals = condition.indexOf("==");
		if (equals < 0) {
			return new Never(condition);
		}
		return new Equal(condition.substring(0, equals).strip(), unquoted(condition.substring(equals + 2).strip()));
	}

	private static List<Condition> parts(String condition, String operator) {
		return Stream.of(condition.split(Pattern.quote(operator), -1)).map(Condition::parse).toList();
	}

	private static String unquoted(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isQuote(text.charAt(start))) {
			start++;
		}
		while (start < end && isQuote(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isQuote(char ch) {
		return ch == '"' || ch == '\'';
	}

	/** Whether a module or a package set with this condition is rendered. */
	static boolean allows(Field condition, BuildContext context) {
		return !condition.value().isTruthy() || parse(condition.text()).holds(context);
	}

}
