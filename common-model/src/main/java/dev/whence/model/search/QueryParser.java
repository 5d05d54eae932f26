package dev.whence.model.search;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.whence.model.LogLevel;
import dev.whence.model.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the search language:
 *
 * <pre>{@code
 * search = all { "OR" all }
 * all    = one { [ "AND" ] one }
 * one    = [ "-" | "NOT" ] ( "(" search ")" | [ field ":" [ operator ] ] value )
 * value  = ( word | quoted ) [ "*" ] | "(" value { "OR" value } ")"
 * }</pre>
 *
 * for instance
 * {@code service:cart level:>=error "timed out" attr.http.status_code:>=500 -user.id:42}.
 * The empty text and {@code *} mean everything.
 */
public final class QueryParser {

	/** No person writes more. */
	public static final int LONGEST = 4_000;

	private static final int MOST_TERMS = 100;

	private static final int DEEPEST = 30;

	private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_.@/-]*");

	private static final Pattern DURATION = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ns|us|µs|μs|ms|s|m|h|d)");

	private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,2})?");

	private static final Map<String, Duration> UNITS = Map.of("ns", Duration.ofNanos(1), "us", Duration.ofNanos(1_000),
			"µs", Duration.ofNanos(1_000), "μs", Duration.ofNanos(1_000), "ms", Duration.ofMillis(1), "s",
			Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

	private final String text;

	private int at;

	private int terms;

	private QueryParser(String text) {
		this.text = text;
	}

	/**
	 * What a text asks for.
	 * @throws QuerySyntaxException when it is not of the language
	 */
	public static Expression parse(String text) {
		if (text.length() > LONGEST) {
			throw new QuerySyntaxException(LONGEST, "a search has at most " + LONGEST + " characters");
		}
		int nul = text.indexOf('\0');
		if (nul >= 0) {
			throw new QuerySyntaxException(nul, "a search contains no NUL character");
		}
		QueryParser parser = new QueryParser(text);
		parser.skipSpace();
		if (parser.isAtEnd()) {
			return new Expression.Everything();
		}
		Expression parsed = parser.any(0);
		if (!parser.isAtEnd()) {
			throw parser.wrong("there is no \"(\" that this one closes");
		}
		return parsed;
	}

	private Expression any(int depth) {
		if (depth > DEEPEST) {
			throw wrong("parentheses are nested at most " + DEEPEST + " deep");
		}
		List<Expression> parts = new ArrayList<>(List.of(all(depth)));
		while (takeWord("OR")) {
			parts.add(all(depth));
		}
		return Expression.anyOf(parts);
	}

	private Expression all(int depth) {
		List<Expression> parts = new ArrayList<>(List.of(one(depth)));
		while (!isAtEnd() && current() != ')' && !isWord("OR")) {
			takeWord("AND");
			parts.add(one(depth));
		}
		return Expression.allOf(parts);
	}

	private Expression one(int depth) {
		boolean not = false;
		while (takeWord("NOT") || takeMinus()) {
			not = !not;
		}
		if (isAtEnd() || isWord("OR") || isWord("AND")) {
			throw wrong("something to search for is missing here");
		}
		Expression found;
		int from = this.at;
		if (current() == '(') {
			next();
			found = any(depth + 1);
			close(from);
		}
		else if (current() == ')') {
			throw wrong("something to search for is missing here");
		}
		else {
			found = term();
		}
		return not ? new Expression.Not(found) : found;
	}

	private Expression term() {
		countTerm();
		Field field = field();
		if (field == null) {
			Value value = value();
			skipSpace();
			if (value.text().isEmpty()) {
				if (value.prefix()) {
					return new Expression.Everything();
				}
				throw new QuerySyntaxException(value.at(), "an empty phrase is nowhere");
			}
			return new Expression.Phrase(null, value.text(), value.prefix());
		}
		boolean not = take("!=");
		Operator operator = not ? Operator.EQUAL : operator();
		Expression found = (!isAtEnd() && current() == '(') ? oneOf(field, operator) : compare(field, operator);
		return not ? new Expression.Not(found) : found;
	}

	private void countTerm() {
		this.terms++;
		if (this.terms > MOST_TERMS) {
			throw wrong("a search has at most " + MOST_TERMS + " terms");
		}
	}

	private Expression oneOf(Field field, @Nullable Operator operator) {
		int from = this.at;
		next();
		List<Expression> parts = new ArrayList<>(List.of(compare(field, operator)));
		while (takeWord("OR")) {
			countTerm();
			parts.add(compare(field, operator));
		}
		close(from);
		return Expression.anyOf(parts);
	}

	/**
	 * The field of a term, with what is behind it taken up to the operator; null and
	 * nothing taken where the term is a word.
	 */
	private @Nullable Field field() {
		int from = this.at;
		String name = name();
		if (name != null && !isAtEnd()) {
			if (current() == ':' && !this.text.startsWith("://", this.at)) {
				this.at++;
				return Field.of(name);
			}
			if (isKnown(name) && "<>=!".indexOf(current()) >= 0 && !(current() == '!' && !isNext("!="))) {
				return Field.of(name);
			}
		}
		this.at = from;
		return null;
	}

	private @Nullable String name() {
		Matcher plain = NAME.matcher(this.text).region(this.at, this.text.length());
		String name = "";
		if (plain.lookingAt()) {
			name = plain.group();
			this.at = plain.end();
		}
		boolean maybeQuoted = name.isEmpty() || name.endsWith(".");
		if (maybeQuoted && !isAtEnd() && current() == '"') {
			int end = endOfQuoted(this.at);
			// A phrase, unless there is a colon behind it.
			if (end < 0 || end >= this.text.length() || this.text.charAt(end) != ':') {
				return null;
			}
			name += unquoted(this.at, end);
			this.at = end;
			return (name.isEmpty()) ? null : name;
		}
		return name.isEmpty() ? null : name;
	}

	private static boolean isKnown(String name) {
		return !(Field.of(name) instanceof Field.Attribute attribute)
				|| attribute.place() != Field.Attribute.Place.EITHER;
	}

	private @Nullable Operator operator() {
		for (Operator operator : Operator.values()) {
			if (take(operator.sign())) {
				return operator;
			}
		}
		return null;
	}

	private Expression compare(Field field, @Nullable Operator written) {
		if (isAtEnd() || Character.isWhitespace(current()) || current() == ')' || current() == '(') {
			throw wrong("a value is missing behind " + field.written());
		}
		Value value = value();
		skipSpace();
		Operator operator = (written != null) ? written : Operator.EQUAL;
		if (value.text().isEmpty() && value.prefix() && operator == Operator.EQUAL) {
			return new Expression.Exists(field);
		}
		return switch (field) {
			case Field.Own own -> compare(own, operator, value);
			case Field.Attribute attribute ->
				(operator == Operator.EQUAL) ? text(attribute, value) : number(attribute, operator, value);
		};
	}

	private static Expression compare(Field.Own field, Operator operator, Value value) {
		return switch (field) {
			case DURATION -> new Expression.DurationIs(operator, duration(value));
			case VALUE -> number(field, operator, value);
			case LEVEL -> level(operator, value);
			case KIND -> {
				requireEqual(field, operator, value);
				yield new Expression.KindIs(kind(value));
			}
			case MESSAGE, STATUS_MESSAGE -> {
				requireEqual(field, operator, value);
				if (value.text().isEmpty()) {
					throw new QuerySyntaxException(value.at(), "an empty phrase is nowhere");
				}
				yield new Expression.Phrase(field, value.text(), value.prefix());
			}
			case SERVICE, NAME, TRACE, SPAN, PARENT, STATUS, UNIT -> {
				requireEqual(field, operator, value);
				yield text(field, value);
			}
		};
	}

	private static void requireEqual(Field.Own field, Operator operator, Value value) {
		if (operator != Operator.EQUAL) {
			throw new QuerySyntaxException(value.at(), field.written()
					+ " has no order: ask for a value, a beginning with \"*\", or \"-" + field.written() + ":...\"");
		}
	}

	private static Expression text(Field field, Value value) {
		return new Expression.TextIs(field, value.text(), value.prefix());
	}

	private static Expression number(Field field, Operator operator, Value value) {
		if (!value.prefix() && NUMBER.matcher(value.text()).matches()) {
			return new Expression.NumberIs(field, operator, Double.parseDouble(value.text()));
		}
		throw new QuerySyntaxException(value.at(), field.written() + " is compared with a number such as 500");
	}

	private static Expression level(Operator operator, Value value) {
		LogLevel level = value.prefix() ? null : LogLevel.ofText(value.text());
		if (level != null) {
			return new Expression.LevelIs(operator, level);
		}
		if (operator != Operator.EQUAL) {
			throw new QuerySyntaxException(value.at(), "a level is one of " + names(LogLevel.values()));
		}
		return text(Field.Own.LEVEL, value);
	}

	private static SpanKind kind(Value value) {
		for (SpanKind kind : SpanKind.values()) {
			if (kind.name().equalsIgnoreCase(value.text()) && !value.prefix()) {
				return kind;
			}
		}
		throw new QuerySyntaxException(value.at(), "a kind is one of " + names(SpanKind.values()));
	}

	private static Duration duration(Value value) {
		Matcher matcher = DURATION.matcher(value.text().toLowerCase(Locale.ROOT));
		if (!value.prefix() && matcher.matches()) {
			BigDecimal nanos = new BigDecimal(matcher.group(1))
				.multiply(BigDecimal.valueOf(UNITS.getOrDefault(matcher.group(2), Duration.ZERO).toNanos()))
				.setScale(0, RoundingMode.HALF_UP);
			if (nanos.toBigInteger().bitLength() < Long.SIZE) {
				return Duration.ofNanos(nanos.longValueExact());
			}
		}
		throw new QuerySyntaxException(value.at(), "a duration is a number with a unit, such as 250ms or 1.5s");
	}

	private static String names(Enum<?>[] constants) {
		return Arrays.stream(constants)
			.map((constant) -> constant.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
	}

	/** A word or quoted text, with the asterisk behind it. */
	private Value value() {
		int from = this.at;
		String value;
		if (current() == '"') {
			int end = endOfQuoted(from);
			if (end < 0) {
				throw wrong("the quotation that begins here does not end");
			}
			value = unquoted(from, end);
			this.at = end;
		}
		else {
			while (!isAtEnd() && !Character.isWhitespace(current()) && "()\"".indexOf(current()) < 0) {
				this.at++;
			}
			value = this.text.substring(from, this.at);
			if (value.endsWith("*")) {
				return new Value(from, value.substring(0, value.length() - 1), true);
			}
		}
		return new Value(from, value, take("*"));
	}

	private int endOfQuoted(int from) {
		for (int i = from + 1; i < this.text.length(); i++) {
			if (this.text.charAt(i) == '\\') {
				i++;
			}
			else if (this.text.charAt(i) == '"') {
				return i + 1;
			}
		}
		return -1;
	}

	private String unquoted(int from, int end) {
		StringBuilder value = new StringBuilder();
		for (int i = from + 1; i < end - 1; i++) {
			char c = this.text.charAt(i);
			if (c == '\\') {
				i++;
				c = this.text.charAt(i);
			}
			value.append(c);
		}
		return value.toString();
	}

	private boolean takeMinus() {
		if (!isAtEnd() && current() == '-' && this.at + 1 < this.text.length()
				&& !Character.isWhitespace(this.text.charAt(this.at + 1))) {
			this.at++;
			return true;
		}
		return false;
	}

	private boolean takeWord(String word) {
		if (isWord(word)) {
			this.at += word.length();
			skipSpace();
			return true;
		}
		return false;
	}

	private boolean isWord(String word) {
		int end = this.at + word.length();
		return isNext(word) && (end == this.text.length() || Character.isWhitespace(this.text.charAt(end))
				|| "()\"".indexOf(this.text.charAt(end)) >= 0);
	}

	private boolean isNext(String wanted) {
		return this.text.startsWith(wanted, this.at);
	}

	private boolean take(String sign) {
		if (isNext(sign)) {
			this.at += sign.length();
			return true;
		}
		return false;
	}

	private void close(int from) {
		if (isAtEnd() || current() != ')') {
			throw new QuerySyntaxException(from, "there is no \")\" for this one");
		}
		next();
	}

	private void next() {
		this.at++;
		skipSpace();
	}

	private void skipSpace() {
		while (!isAtEnd() && Character.isWhitespace(current())) {
			this.at++;
		}
	}

	private boolean isAtEnd() {
		return this.at >= this.text.length();
	}

	private char current() {
		return this.text.charAt(this.at);
	}

	private QuerySyntaxException wrong(String message) {
		return new QuerySyntaxException(this.at, message);
	}

	/**
	 * @param at where it begins
	 */
	private record Value(int at, String text, boolean prefix) {
	}

}
