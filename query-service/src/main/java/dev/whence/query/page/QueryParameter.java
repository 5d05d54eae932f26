package dev.whence.query.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.whence.model.Iso8601;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.TraceId;
import dev.whence.store.form.EpochNanos;
import org.jspecify.annotations.Nullable;

/**
 * Reads one parameter of a question. An absent or empty one is null; one that cannot be
 * read is a 400 that names it and says what would do.
 */
public final class QueryParameter {

	private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,9})?");

	/**
	 * An unescaped plus sign in a URL arrives as a space. One space stands between date
	 * and time.
	 */
	private static final Pattern SPACE_AND_OFFSET = Pattern.compile("(?<=\\d:\\d{2}.{0,20}) (\\d\\d:?\\d\\d)$");

	private static final int LONGEST_TIME = 64;

	/** Numbers up to here are seconds since 1970, larger ones milliseconds. */
	private static final BigDecimal LARGEST_SECONDS = BigDecimal.valueOf(20_000_000_000L);

	private QueryParameter() {
	}

	/** A constant by its name, in any case. */
	public static <E extends Enum<E>> @Nullable E oneOf(Class<E> type, String name, @Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> constant.name().equalsIgnoreCase(text))
			.findFirst()
			.orElseThrow(() -> invalid(name,
					"is one of " + Arrays.stream(type.getEnumConstants())
						.map((constant) -> constant.name().toLowerCase(Locale.ROOT))
						.collect(Collectors.joining(", "))));
	}

	/**
	 * A moment: ISO 8601 with or without an offset (UTC), a date, or seconds or
	 * milliseconds since 1970, as the original service took them.
	 */
	public static @Nullable Instant time(String name, @Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		try {
			Instant time = parseTime(text);
			if (time.isBefore(EpochNanos.MIN) || time.isAfter(EpochNanos.MAX)) {
				throw invalid(name, "lies between the years 1678 and 2262");
			}
			return time;
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw invalid(name, "is a time such as 2026-01-19T01:02:03Z");
		}
	}

	public static @Nullable TraceId trace(String name, @Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		if (text.length() > TraceId.MAX_LENGTH) {
			throw invalid(name, "has at most " + TraceId.MAX_LENGTH + " characters");
		}
		return new TraceId(Objects.requireNonNull(text(name, text)));
	}

	/** Text that is compared with stored text. */
	public static @Nullable String text(String name, @Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		if (text.indexOf('\0') >= 0) {
			throw invalid(name, "contains no NUL character");
		}
		return text;
	}

	private static Instant parseTime(String text) {
		if (text.length() > LONGEST_TIME) {
			throw new DateTimeException("too long");
		}
		if (NUMBER.matcher(text).matches()) {
			return sinceEpoch(new BigDecimal(text));
		}
		Instant time = Iso8601.parse(SPACE_AND_OFFSET.matcher(text.strip()).replaceFirst("+$1"));
		if (time == null) {
			throw new DateTimeException("no ISO 8601");
		}
		return time;
	}

	private static Instant sinceEpoch(BigDecimal number) {
		BigDecimal seconds = (number.abs().compareTo(LARGEST_SECONDS) <= 0) ? number : number.movePointLeft(3);
		BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
		return Instant.ofEpochSecond(whole.longValueExact(),
				seconds.subtract(whole).movePointRight(9).setScale(0, RoundingMode.DOWN).longValueExact());
	}

	static ProblemException invalid(String name, String expectation) {
		return new ProblemException(ProblemCode.INVALID_PARAMETER, "The parameter '" + name + "' " + expectation);
	}

}
