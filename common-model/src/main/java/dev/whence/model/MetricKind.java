package dev.whence.model;

/** OpenTelemetry's metric data types. Native points are gauges. */
public enum MetricKind {

	GAUGE(0), SUM(1), HISTOGRAM(2), EXPONENTIAL_HISTOGRAM(3), SUMMARY(4);

	private static final Codes<MetricKind> CODES = new Codes<>(values(), MetricKind::code);

	private final int code;

	MetricKind(int code) {
		this.code = code;
	}

	/**
	 * The inverse of {@link #code()}.
	 * @throws IllegalArgumentException for a number that stands for nothing
	 */
	public static MetricKind ofCode(int code) {
		return CODES.get(code);
	}

	/** The number under which it is stored, which never changes. */
	public int code() {
		return this.code;
	}

}
