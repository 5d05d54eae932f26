package dev.whence.model;

import java.util.Locale;

/**
 * Names one trace. Any string of 1 to 128 characters, because native clients send ids
 * such as {@code req-1a2b3c4d}. The 32 hexadecimal digits of OpenTelemetry are normalised
 * to lower case, and the 16 of older B3 senders to 32 with zeros before them, so that
 * every dialect names the same trace with the same value.
 *
 * @param value the id as it is compared and shown
 */
public record TraceId(String value) {

	/** The longest id that is accepted, in characters. */
	public static final int MAX_LENGTH = 128;

	private static final int DIGITS = 32;

	/** Of the 64-bit ids that Zipkin's older senders and some proxies use. */
	private static final int SHORT_DIGITS = 16;

	private static final String ZEROS = "0".repeat(DIGITS - SHORT_DIGITS);

	public TraceId {
		if (value.isEmpty() || value.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"a trace id has 1 to " + MAX_LENGTH + " characters, this one has " + value.length());
		}
		if (isHexadecimal(value)) {
			value = ((value.length() == SHORT_DIGITS) ? ZEROS : "") + value.toLowerCase(Locale.ROOT);
		}
	}

	// Not a regular expression: this runs for every signal.
	private static boolean isHexadecimal(String text) {
		if (text.length() != DIGITS && text.length() != SHORT_DIGITS) {
			return false;
		}
		for (int i = 0; i < text.length(); i++) {
			if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
