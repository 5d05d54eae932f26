package dev.whence.control.image.document;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.whence.control.image.document.YamlNode.Scalar;
import dev.whence.control.image.document.YamlValue.Bool;
import dev.whence.control.image.document.YamlValue.Bytes;
import dev.whence.control.image.document.YamlValue.Date;
import dev.whence.control.image.document.YamlValue.Int;
import dev.whence.control.image.document.YamlValue.Moment;
import dev.whence.control.image.document.YamlValue.Null;
import dev.whence.control.image.document.YamlValue.Real;
import dev.whence.control.image.document.YamlValue.Text;
import org.jspecify.annotations.Nullable;

/**
 * What scalars mean in YAML 1.1, by the rules of PyYAML's resolver and safe constructor.
 * They differ from those of YAML 1.2: {@code yes} is a boolean, {@code 0755} is octal,
 * {@code 22:22} is 1342 and {@code 1e3} is a string.
 */
final class Scalars {

	static final String PREFIX = "tag:yaml.org,2002:";

	static final String MERGE = PREFIX + "merge";

	static final String VALUE = PREFIX + "value";

	static final String STRING = PREFIX + "str";

	private static final Set<String> KNOWN = Set.of(STRING, PREFIX + "null", PREFIX + "bool", PREFIX + "int",
			PREFIX + "float", PREFIX + "timestamp", PREFIX + "binary");

	private static final Set<String> KNOWN_NUMBERS = Set.of(PREFIX + "int", PREFIX + "float", PREFIX + "timestamp");

	private static final Set<String> TRUE = Set.of("yes", "true", "on");

	private static final Set<String> FALSE = Set.of("no", "false", "off");

	private static final Pattern BOOL = Pattern
		.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");

	private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");

	private static final Pattern INT = Pattern.compile("[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)"
			+ "|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");

	private static final Pattern FLOAT = Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
			+ "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
			+ "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

	private static final Pattern TIMESTAMP = Pattern
		.compile("(?<year>[0-9]{4})-(?<month>[0-9][0-9]?)-(?<day>[0-9][0-9]?)"
				+ "(?:(?:[Tt]|[ \\t]+)(?<hour>[0-9][0-9]?):(?<minute>[0-9][0-9]):(?<second>[0-9][0-9])"
				+ "(?:\\.(?<fraction>[0-9]*))?"
				+ "(?:[ \\t]*(?<zone>Z|(?<sign>[-+])(?<zhour>[0-9][0-9]?)(?::(?<zminute>[0-9][0-9]))?))?)?");

	private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

	private static final BigInteger SIXTY = BigInteger.valueOf(60);

	/** What is longer is a string, whatever it looks like: nobody writes such numbers. */
	private static final int LONGEST = 1_000;

	private Scalars() {
	}

	/** Whether scalars may have the tag. */
	static boolean isKnown(String tag) {
		return KNOWN.contains(tag);
	}

	/** The tag that a scalar has, written or by its form. */
	static String tag(Scalar scalar) {
		String written = scalar.tag();
		if (written != null && !written.equals("!")) {
			return written;
		}
		// A lone exclamation mark asks for the form to decide, even of a quoted scalar.
		return (scalar.plain() || written != null) ? implicit(scalar.value()) : STRING;
	}

	private static String implicit(String text) {
		if (text.length() > LONGEST) {
			return STRING;
		}
		if (BOOL.matcher(text).matches()) {
			return PREFIX + "bool";
		}
		if (NULL.matcher(text).matches()) {
			return PREFIX + "null";
		}
		if (FLOAT.matcher(text).matches()) {
			return PREFIX + "float";
		}
		if (INT.matcher(text).matches()) {
			return PREFIX + "int";
		}
		if (text.equals("<<")) {
			return MERGE;
		}
		if (text.equals("=")) {
			return VALUE;
		}
		Matcher timestamp = TIMESTAMP.matcher(text);
		if (timestamp.matches() && (timestamp.group("hour") != null || DATE.matcher(text).matches())) {
			return PREFIX + "timestamp";
		}
		return STRING;
	}

	/** The value, or null where no such tag is known. */
	static @Nullable YamlValue value(Scalar scalar, String tag, Place place) {
		String text = scalar.value();
		if (text.length() > LONGEST && KNOWN_NUMBERS.contains(tag)) {
			throw SyntaxErrors.at(scalar.start(),
					"found a number or date of more than %d characters".formatted(LONGEST));
		}
		try {
			return switch (tag) {
				case STRING -> new Text(text, place);
				case PREFIX + "null" -> new Null(place);
				case PREFIX + "bool" -> new Bool(bool(text), place);
				case PREFIX + "int" -> new Int(integer(text), place);
				case PREFIX + "float" -> new Real(real(text), place);
				case PREFIX + "timestamp" -> timestamp(text, place);
				case PREFIX + "binary" -> new Bytes(Base64.getMimeDecoder().decode(text), place);
				default -> null;
			};
		}
		catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException ex) {
			throw SyntaxErrors.at(scalar.start(), "found %s, which is no value of the type %s"
				.formatted(PythonText.quoted(text), tag.substring(PREFIX.length())));
		}
	}

	private static boolean bool(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		if (!TRUE.contains(lower) && !FALSE.contains(lower)) {
			throw new IllegalArgumentException("no boolean");
		}
		return TRUE.contains(lower);
	}

	private static BigInteger integer(String text) {
		String digits = text.replace("_", "");
		boolean negative = digits.charAt(0) == '-';
		if (negative || digits.charAt(0) == '+') {
			digits = digits.substring(1);
		}
		BigInteger value;
		if (digits.startsWith("0b")) {
			value = new BigInteger(digits.substring(2), 2);
		}
		else if (digits.startsWith("0x")) {
			value = new BigInteger(digits.substring(2), 16);
		}
		else if (digits.charAt(0) == '0') {
			value = new BigInteger(digits, 8);
		}
		else {
			value = BigInteger.ZERO;
			for (String part : digits.split(":", -1)) {
				value = value.multiply(SIXTY).add(new BigInteger(part));
			}
		}
		return negative ? value.negate() : value;
	}

	private static double real(String text) {
		String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
		double sign = (digits.charAt(0) == '-') ? -1 : 1;
		if (digits.charAt(0) == '-' || digits.charAt(0) == '+') {
			digits = digits.substring(1);
		}
		if (digits.equals(".inf")) {
			return sign * Double.POSITIVE_INFINITY;
		}
		if (digits.equals(".nan")) {
			return Double.NaN;
		}
		double value = 0;
		for (String part : digits.split(":", -1)) {
			value = value * 60 + Double.parseDouble(part);
		}
		return sign * value;
	}

	private static YamlValue timestamp(String text, Place place) {
		Matcher match = TIMESTAMP.matcher(text);
		if (!match.matches()) {
			throw new IllegalArgumentException("no timestamp");
		}
		LocalDate date = LocalDate.of(number(match, "year"), number(match, "month"), number(match, "day"));
		if (match.group("hour") == null) {
			return new Date(date, place);
		}
		String fraction = match.group("fraction");
		int micros = (fraction == null || fraction.isEmpty()) ? 0
				: Integer.parseInt((fraction + "000000").substring(0, 6));
		LocalDateTime time = date.atTime(number(match, "hour"), number(match, "minute"), number(match, "second"),
				micros * 1000);
		return new Moment(time, offset(match), place);
	}

	private static @Nullable ZoneOffset offset(Matcher match) {
		if (match.group("zone") == null) {
			return null;
		}
		if (match.group("sign") == null) {
			return ZoneOffset.UTC;
		}
		int minutes = number(match, "zhour") * 60 + ((match.group("zminute") != null) ? number(match, "zminute") : 0);
		return ZoneOffset.ofTotalSeconds((match.group("sign").equals("-") ? -60 : 60) * minutes);
	}

	private static int number(Matcher match, String group) {
		return Integer.parseInt(match.group(group));
	}

}
