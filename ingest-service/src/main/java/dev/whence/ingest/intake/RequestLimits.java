package dev.whence.ingest.intake;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;

/**
 * What one request may become once it is decoded. A small body can hold millions of empty
 * records, and a large resource is stored with each of its records, so both are counted
 * while decoding, before they cost anything. One per request.
 */
public final class RequestLimits {

	/** The counter that all requests share is touched once in a while only. */
	private static final long LEASED_AT_ONCE = 64 * 1024;

	/** A record is held twice until it is committed: as a signal and as a row. */
	private static final int DECODED_AND_ENCODED = 2;

	private final int mostRecords;

	private final long mostBytes;

	private final InFlightBytes.Lease lease;

	private int records;

	private long bytes;

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
					"a request may have " + this.mostRecords + " records; send them in several");
		}
	}

	/**
	 * Counts bytes that will be stored.
	 * @throws ProblemException 413 when they are too many for one request, 503 when they
	 * are too many for the process right now
	 */
	public void addBytes(long more) {
		this.bytes += more;
		if (this.bytes > this.mostBytes) {
			throw new ProblemException(ProblemCode.BODY_TOO_LARGE,
					"a request may become " + this.mostBytes + " bytes when stored; send it in several");
		}
		if (this.bytes - this.leased > LEASED_AT_ONCE) {
			this.lease.add(DECODED_AND_ENCODED * (int) (this.bytes - this.leased));
			this.leased = this.bytes;
		}
	}

}
