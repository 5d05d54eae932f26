package dev.whence.model;

/** OpenTelemetry's span kinds, under the numbers of its wire format (trace.proto). */
public enum SpanKind {

	UNSPECIFIED(0), INTERNAL(1), SERVER(2), CLIENT(3), PRODUCER(4), CONSUMER(5);

	private static final Codes<SpanKind> CODES = new Codes<>(values(), SpanKind::code);

	private final int code;

	SpanKind(int code) {
		this.code = code;
	}

	/**
	 * The inverse of {@link #code()}.
	 * @throws IllegalArgumentException for a number that stands for nothing
	 */
	public static SpanKind ofCode(int code) {
		return CODES.get(code);
	}

	/** The number under which it is stored, which never changes. */
	public int code() {
		return this.code;
	}

}
