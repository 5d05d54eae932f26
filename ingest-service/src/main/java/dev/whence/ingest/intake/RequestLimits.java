package dev.whence.ingest.intake;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;

/**
 * What one request may become once it is decoded. A small body can hold millions of empty
 * records, and a large resource is stored with each of its records, so both are counted
 * while decoding, before they cost anything. One per request.
 */
public final class RequestLimits {

	/**
	 * Bytes of heap that a value of JSON takes once it is parsed, its key and its place
	 * in a map or list included; what its text takes comes on top, and the table of a map
	 * that is not empty takes as much again.
	 */
	public static final int VALUE = 128;

	/** Bytes of heap that a character of JSON takes at most while it is parsed. */
	public static final int CHARACTER = 2;

	/** The counter that all requests share is touched once in a while only. */
	private static final long LEASED_AT_ONCE = 16 * 1024;

	/** A record is held twice until it is committed: as a signal and as a row. */
	private static final int DECODED_AND_ENCODED = 2;

	/**
	 * Bytes of heap that a record takes besides its texts until it is committed. Decoded,
	 * an empty log takes 250, as measured with 50,000 of them; its cleaned copy and its
	 * row are a few objects more.
	 */
	private static final int RECORD = 512;

	private final int mostRecords;

	private final long mostBytes;

	private final InFlightBytes.Lease lease;

	private int records;

	private int envelopes;

	private long bytes;

	private long held;

	private long leased;

	RequestLimits(int mostRecords, long mostBytes, InFlightBytes.Lease lease) {
		this.mostRecords = mostRecords;
		this.mostBytes = mostBytes;
		this.lease = lease;
	}

	/**
	 * Counts a record.
	 * @throws ProblemException 413 when there are too many
	 */
	public void addRecord() {
		if (++this.records > this.mostRecords) {
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE,
					"A request may have " + this.mostRecords + " records; send them in several");
		}
		hold(RECORD);
	}

	/**
	 * Counts what records come in, which costs something even where it is empty.
	 * @throws ProblemException 413 when there are too many
	 */
	public void addEnvelope() {
		if (++this.envelopes > this.mostRecords) {
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE,
					"A request may have " + this.mostRecords + " resources, scopes and metrics; send them in several");
		}
	}

	/**
	 * Counts bytes that will be stored.
	 * @throws ProblemException 413 when they are too many for one request, 503 when they
	 * are too many for the process right now
	 */
	public void addBytes(long more) {
		store(more);
		hold(DECODED_AND_ENCODED * more);
	}

	/**
	 * Counts bytes that will be stored with a record and that all records of its origin
	 * refer to until then.
	 * @throws ProblemException as {@link #addBytes}
	 */
	public void addShared(long more) {
		store(more);
		hold(more);
	}

	private void store(long more) {
		this.bytes += more;
		if (this.bytes > this.mostBytes) {
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE,
					"A request may become " + this.mostBytes + " bytes when stored; send it in several");
		}
	}

	/**
	 * Counts memory that the request takes from now on.
	 * @throws ProblemException 503 when it is too much for the process right now, 413
	 * when it would be too much for an idle one
	 */
	public void hold(long more) {
		this.held += more;
		if (this.held - this.leased > LEASED_AT_ONCE) {
			this.lease.add(this.held - this.leased);
			this.leased = this.held;
		}
	}

	/** Gives memory back, for what the same request takes next. */
	public void release(long bytes) {
		this.held -= bytes;
	}

}
