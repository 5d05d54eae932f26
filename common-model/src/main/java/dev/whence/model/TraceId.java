package dev.whence.model;

import java.util.Locale;
import java.util.regex.Pattern;

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

	private static final Pattern OPENTELEMETRY = Pattern.compile("[0-9a-fA-F]{32}");

	public TraceId {
		if (value.isEmpty() || value.length() > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"a trace id has 1 to " + MAX_LENGTH + " characters, this one has " + value.length());
		}
		if (OPENTELEMETRY.matcher(value).matches()) {
			value = value.toLowerCase(Locale.ROOT);
		}
	}

	/** Whether this is the 16-byte form that OpenTelemetry prescribes. */
	public boolean isOpenTelemetry() {
		return OPENTELEMETRY.matcher(this.value).matches();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
