package dev.whence.model;

import java.util.Locale;

/**
 * Names one trace. Any string of 1 to 128 characters, because native clients send ids
 * such as {@code req-1a2b3c4d}; the 32 hexadecimal digits of OpenTelemetry are normalised
 * to lower case, so that every dialect names the same trace with the same value.
 *
 * @param value the id as it is compared and shown
 */
public record TraceId(String value) {

	/** The longest id that is accepted, in characters. */
	public static final int MAX_LENGTH = 128;

	private static final int OPENTELEMETRY_LENGTH = 32;

	public TraceId {
		if (value.isEmpty() || value.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"a trace id has 1 to " + MAX_LENGTH + " characters, this one has " + value.length());
		}
		if (isHexadecimal(value)) {
			value = value.toLowerCase(Locale.ROOT);
		}
	}

	/** Whether this is the 16-byte form that OpenTelemetry prescribes. */
	public boolean isOpenTelemetry() {
		return isHexadecimal(this.value);
	}

	// Not a regular expression: this runs for every signal.
	private static boolean isHexadecimal(String text) {
		if (text.length() != OPENTELEMETRY_LENGTH) {
			return false;
		}
		for (int i = 0; i < OPENTELEMETRY_LENGTH; i++) {
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
