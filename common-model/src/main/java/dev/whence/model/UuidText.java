package dev.whence.model;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads UUIDs out of what clients send. {@link UUID#fromString} would also read
 * {@code 1-1-1-1-1}, and needs longer.
 */
public final class UuidText {

	private static final int CANONICAL_LENGTH = 36;

	private static final int DIGITS = 32;

	private UuidText() {
	}

	/** The form with four dashes, in any case; empty for every other text. */
	public static Optional<UUID> canonical(String text) {
		if (text.length() != CANONICAL_LENGTH || text.charAt(8) != '-' || text.charAt(13) != '-'
				|| text.charAt(18) != '-' || text.charAt(23) != '-') {
			return Optional.empty();
		}
		try {
			return Optional.of(new UUID(
					HexFormat.fromHexDigitsToLong(text, 0, 8) << 32 | HexFormat.fromHexDigitsToLong(text, 9, 13) << 16
							| HexFormat.fromHexDigitsToLong(text, 14, 18),
					HexFormat.fromHexDigitsToLong(text, 19, 23) << 48
							| HexFormat.fromHexDigitsToLong(text, 24, CANONICAL_LENGTH)));
		}
		catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

	/**
	 * The same, or with some of the dashes or all of them left out, as Python reads it.
	 */
	public static Optional<UUID> lenient(String text) {
		Optional<UUID> canonical = canonical(text);
		if (canonical.isPresent() || text.length() < DIGITS || text.length() > CANONICAL_LENGTH) {
			return canonical;
		}
		StringBuilder digits = new StringBuilder(DIGITS);
		for (int i = 0; i < text.length(); i++) {
			boolean mayBeDash = switch (digits.length()) {
				case 8, 12, 16, 20 -> text.charAt(i - 1) != '-';
				default -> false;
			};
			if (text.charAt(i) != '-' || !mayBeDash) {
				digits.append(text.charAt(i));
			}
		}
		if (digits.length() != DIGITS) {
			return Optional.empty();
		}
		try {
			return Optional.of(new UUID(HexFormat.fromHexDigitsToLong(digits, 0, DIGITS / 2),
					HexFormat.fromHexDigitsToLong(digits, DIGITS / 2, DIGITS)));
		}
		catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

}
