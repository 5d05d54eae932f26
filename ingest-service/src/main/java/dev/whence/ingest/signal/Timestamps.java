package dev.whence.ingest.signal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;

import dev.whence.model.Iso8601;
import dev.whence.store.form.EpochNanos;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that native clients send: ISO 8601 with an offset, Z or nothing (UTC),
 * or seconds since 1970 as a number; numbers beyond 2e10 are milliseconds, as the
 * original service read them.
 */
final class Timestamps {

	static final String EXPECTATION = "must be an ISO 8601 time or seconds since 1970, in the years 1677 to 2262";

	private static final BigDecimal MILLISECONDS_FROM = new BigDecimal("2e10");

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
		Instant time = Iso8601.parse(text);
		return (time == null && text.matches("-?\\d{1,20}(\\.\\d{1,9})?")) ? ofNumber(new BigDecimal(text)) : time;
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
