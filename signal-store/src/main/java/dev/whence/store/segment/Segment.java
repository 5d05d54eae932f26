package dev.whence.store.segment;

import java.time.Duration;
import java.util.SortedSet;

/**
 * Signals of one project and one retention that happened about the same time, in columns.
 *
 * @param rows how many signals
 * @param firstTime the earliest, in nanoseconds since 1970
 * @param lastTime the latest
 * @param received when the last of them was received, in nanoseconds since 1970
 * @param services of all of them
 * @param directory says what lies where in {@code data}
 * @param ids says which ids of signals and traces may be there, see {@link TokenFilter}
 * @param words says which words and attributes may be there
 * @param traceIndex says where a trace may be, see {@link TraceIndex}
 */
public record Segment(int project, int retentionDays, int rows, long firstTime, long lastTime, long received,
		SortedSet<String> services, byte[] directory, byte[] data, byte[] ids, byte[] words, byte[] traceIndex) {

	/**
	 * Those that are stored have signals of an hour or of a day: within less than so many
	 * nanoseconds.
	 */
	public static final long LONGEST = Duration.ofDays(1).toNanos();

	/** Bytes that it takes, without what the database adds. */
	public long size() {
		return (long) this.directory.length + this.data.length + this.ids.length + this.words.length
				+ this.traceIndex.length;
	}

}
