package dev.whence.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads ISO 8601 times as clients write them: with an offset, Z or nothing (UTC), a date
 * alone (its start), a blank for the T as Python prints it, a comma before the fraction
 * as Python logs it, an offset without its colon.
 */
public final class Iso8601 {

	/** Of a text that can be a time at all. */
	private static final int LONGEST = 64;

	/** Where the seconds of an ISO 8601 time end. */
	private static final int SECONDS_END = 19;

	private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.append(DateTimeFormatter.ISO_LOCAL_DATE)
		.optionalStart()
		.appendLiteral('T')
		.append(DateTimeFormatter.ISO_LOCAL_TIME)
		.optionalStart()
		// Lenient, so that the minutes may be missing.
		.parseLenient()
		.appendOffset("+HH:mm", "Z")
		.optionalEnd()
		.toFormatter(Locale.ROOT)
		// No 30th of February.
		.withResolverStyle(ResolverStyle.STRICT);

	private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("(?<=[Tt].{5,30}[+-]\\d\\d)(?=\\d\\d$)");

	private Iso8601() {
	}

	/**
	 * The instant that the text names, to the nanosecond.
	 * @return null when it names none
	 */
	public static @Nullable Instant parse(String text) {
		Instant common = commonForm(text);
		if (common != null || text.length() > LONGEST) {
			return common;
		}
		try {
			// Python prints a blank between date and time.
			String iso = (text.length() > 10 && text.charAt(10) == ' ') ? text.replaceFirst(" ", "T") : text;
			// ISO 8601 prefers the comma, and Python's logging writes it.
			iso = (iso.length() > SECONDS_END && iso.charAt(SECONDS_END) == ',')
					? iso.substring(0, SECONDS_END) + '.' + iso.substring(SECONDS_END + 1) : iso;
			iso = OFFSET_WITHOUT_COLON.matcher(iso).replaceFirst(":");
			TemporalAccessor parsed = ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
			return switch (parsed) {
				case OffsetDateTime time -> time.toInstant();
				case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
				case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
				default -> null;
			};
		}
		catch (DateTimeException _) {
			return null;
		}
	}

	/**
	 * The form that nearly all clients send, e.g.
	 * {@code 2026-11-21T00:20:14.258263+00:00}, read without a pattern or a formatter,
	 * which together take many times as long. Null for every other text, right or wrong.
	 */
	private static @Nullable Instant commonForm(String text) {
		int length = text.length();
		if (length < SECONDS_END || text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(10) != 'T'
				|| text.charAt(13) != ':' || text.charAt(16) != ':') {
			return null;
		}
		int nanos = 0;
		int at = SECONDS_END;
		if (at < length && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
			int unit = 100_000_000;
			for (at++; at < length && unit > 0 && digit(text, at) >= 0; at++) {
				nanos += digit(text, at) * unit;
				unit /= 10;
			}
		}
		int offset = 0;
		if (length == at + 6 && text.charAt(at + 3) == ':' && "+-".indexOf(text.charAt(at)) >= 0) {
			int minutes = number(text, at + 1, 2) * 60 + number(text, at + 4, 2);
			offset = (text.charAt(at) == '-') ? -minutes : minutes;
			if (number(text, at + 4, 2) > 59 || minutes > 18 * 60 || number(text, at + 1, 2) < 0
					|| number(text, at + 4, 2) < 0) {
				return null;
			}
		}
		else if (length != at && !(length == at + 1 && text.charAt(at) == 'Z')) {
			return null;
		}
		try {
			return LocalDateTime
				.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2), number(text, 11, 2),
						number(text, 14, 2), number(text, 17, 2), nanos)
				.minusMinutes(offset)
				.toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException _) {
			return null;
		}
	}

	/** The number that these digits are, or a negative one if they are not all digits. */
	private static int number(String text, int from, int digits) {
		int number = 0;
		for (int i = from; i < from + digits; i++) {
			int digit = digit(text, i);
			if (digit < 0) {
				return Integer.MIN_VALUE;
			}
			number = number * 10 + digit;
		}
		return number;
	}

	private static int digit(String text, int at) {
		char c = text.charAt(at);
		return (c >= '0' && c <= '9') ? c - '0' : -1;
	}

}
