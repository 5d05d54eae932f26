package dev.whence.ingest.intake;

/**
 * What one record may be at most. Beyond a limit a record is refused with the limit
 * named: a sender that is told can mend it. Only what OpenTelemetry nests deeper than it
 * is read ({@link #OTLP_DEPTH}) is left out, in a place that says so, because its clients
 * cannot mend a value and would lose the record.
 */
public final class RecordLimits {

	/** Attributes of one record; OpenTelemetry's SDKs stop at 128. */
	public static final int ATTRIBUTES = 1000;

	/** Characters of an attribute's key, nested ones included. */
	public static final int KEY_LENGTH = 512;

	/** Characters of a name: operation, metric, unit, level. */
	public static final int NAME_LENGTH = 1024;

	/**
	 * Characters of a service's name, 1,536 bytes at most: it is the key of indexes, and
	 * a btree of PostgreSQL takes 2,704 bytes.
	 */
	public static final int SERVICE_LENGTH = 512;

	/** Characters of any other text. */
	public static final int TEXT_LENGTH = 1024 * 1024;

	/**
	 * Bytes of an OTLP record or a Zipkin span as it is sent, so that one of them cannot
	 * fill a page: the longest text and what else there is. Native records are bounded by
	 * their texts and values.
	 */
	public static final int BYTES = TEXT_LENGTH + 128 * 1024;

	/**
	 * Bytes of JSON that the records of an OTLP envelope share: its resource, its scope,
	 * the description of a metric. It is stored with each of them, so a large one makes a
	 * small body huge; what SDKs detect about a process has 1 to 4 kB.
	 */
	public static final int SHARED_BYTES = 64 * 1024;

	/** How deep values may be nested in each other. */
	public static final int DEPTH = 64;

	/**
	 * The depth at which OTLP's values are read no further; the text "…" stands there.
	 */
	public static final int OTLP_DEPTH = 32;

	/**
	 * Values in one record, nested ones included. OpenTelemetry's SDKs allow a span 128
	 * events and 128 links with 128 attributes each.
	 */
	public static final int VALUES = 40_000;

	private RecordLimits() {
	}

}
