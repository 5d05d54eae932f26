package dev.whence.ingest.signal;

import java.math.BigDecimal;
import java.math.RoundingMode;
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

import dev.whence.store.EpochNanos;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that native clients send: ISO 8601 with an offset, Z or nothing (UTC),
 * or seconds since 1970 as a number; numbers beyond 2e10 are milliseconds, as the
 * original service read them.
 */
final class Timestamps {

	static final String EXPECTATION = "must be an ISO 8601 time or seconds since 1970, in the years 1677 to 2262";

	private static final BigDecimal MILLISECONDS_FROM = new BigDecimal("2e10");

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

	private Timestamps() {
	}

	/** The instant, or null when the value is no time that can be stored. */
	static @Nullable Instant parse(Object value) {
		Instant time = switch (value) {
			case Number number -> ofNumber(new BigDecimal(number.toString()));
			case String text -> ofText(text.strip());
			default -> null;
		};
		return (time == null || time.isBefore(EpochNanos.MIN) || time.isAfter(EpochNanos.MAX)) ? null : time;
	}

	private static @Nullable Instant ofText(String text) {
		try {
			// Python prints a blank between date and time.
			String iso = (text.length() > 10 && text.charAt(10) == ' ') ? text.replaceFirst(" ", "T") : text;
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
			return text.matches("-?\\d{1,20}(\\.\\d{1,9})?") ? ofNumber(new BigDecimal(text)) : null;
		}
	}

	private static @Nullable Instant ofNumber(BigDecimal number) {
		if (number.precision() - number.scale() > 20) {
			return null;
		}
		BigDecimal seconds = (number.abs().compareTo(MILLISECONDS_FROM) > 0) ? number.movePointLeft(3) : number;
		BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
		try {
			return Instant.ofEpochSecond(whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
		}
		catch (ArithmeticException | DateTimeException _) {
			return null;
		}
	}

}
