package dev.whence.model;

import java.util.Locale;

/** The three kinds of telemetry; {@link #wireName()} is what the query API calls them. */
public enum SignalType {

	LOG(0), TRACE(1), METRIC(2);

	private static final Codes<SignalType> CODES = new Codes<>(values(), SignalType::code);

	private final int code;

	SignalType(int code) {
		this.code = code;
	}

	/**
	 * The inverse of {@link #code()}.
	 * @throws IllegalArgumentException for a number that stands for nothing
	 */
	public static SignalType ofCode(int code) {
		return CODES.get(code);
	}

	/** The number under which it is stored, which never changes. */
	public int code() {
		return this.code;
	}

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
