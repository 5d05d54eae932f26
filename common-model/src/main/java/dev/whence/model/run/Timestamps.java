package dev.whence.model.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Reads the times of clients, which are echoed as they came. A time without a zone is
 * UTC.
 */
public final class Timestamps {

	/** What can be read by its time, then the rest by its text, then what is missing. */
	static final Comparator<@Nullable String> ORDER = Comparator
		.<@Nullable String, Instant>comparing((text) -> parse(text).orElse(Instant.MAX))
		.thenComparing(Comparator.nullsLast(Comparator.naturalOrder()));

	private Timestamps() {
	}

	/** The instant that an ISO 8601 text names; empty when it names none. */
	public static Optional<Instant> parse(@Nullable String text) {
		if (text == null || text.length() > 64) {
			return Optional.empty();
		}
		String iso = text.strip().replace(' ', 'T');
		try {
			return Optional.of(OffsetDateTime.parse(iso).toInstant());
		}
		catch (DateTimeException withoutZone) {
			try {
				return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
			}
			catch (DateTimeException noTime) {
				return Optional.empty();
			}
		}
	}

}
