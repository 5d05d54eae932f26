package dev.whence.query.page;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, for lists that are ordered by time, newest first, and by a key
 * among equals. Opaque to callers; unlike an offset it is not moved by what arrives
 * meanwhile, and costs the same on every page.
 *
 * @param time of the last item, in microseconds as the database keeps it
 * @param key of the last item
 */
public record Cursor(Instant time, String key) {

	private static final int LONGEST = 1000;

	/** Reads the parameter {@code cursor}; null when it is absent. */
	public static @Nullable Cursor parse(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		try {
			if (text.length() > LONGEST) {
				throw new IllegalArgumentException("too long");
			}
			String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
			int space = decoded.indexOf(' ');
			return new Cursor(Instant.parse(decoded.substring(0, Math.max(space, 0))), decoded.substring(space + 1));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter 'cursor' is the next_cursor, or the header Whence-Next-Cursor, of a page");
		}
	}

	/** For a comparison in SQL. */
	public OffsetDateTime utc() {
		return this.time.atOffset(ZoneOffset.UTC);
	}

	/** What {@link #parse} reads. */
	public String text() {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString((this.time + " " + this.key).getBytes(StandardCharsets.UTF_8));
	}

}
