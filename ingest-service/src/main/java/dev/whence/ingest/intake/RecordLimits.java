package dev.whence.ingest.intake;

/**
 * What one record may be at most, whatever transport brings it. Beyond a limit a record
 * is refused with the limit named, and never cut: a sender that is told can mend it, a
 * cut record looks whole.
 */
public final class RecordLimits {

	/** Attributes of one record; OpenTelemetry's SDKs stop at 128. */
	public static final int ATTRIBUTES = 512;

	/** Characters of an attribute's key. */
	public static final int KEY_LENGTH = 512;

	/** Characters of a name: service, operation, metric, unit, level. */
	public static final int NAME_LENGTH = 1024;

	/** Characters of any other text. */
	public static final int TEXT_LENGTH = 1024 * 1024;

	/** How deep values may be nested in each other. */
	public static final int DEPTH = 64;

	/** Values in one record, nested ones included. */
	public static final int VALUES = 20_000;

	private RecordLimits() {
	}

}
