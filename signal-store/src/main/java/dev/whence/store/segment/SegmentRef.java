package dev.whence.store.segment;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a stored segment without reading it.
 *
 * @param firstTime of its signals, in nanoseconds since 1970
 * @param lastTime of its signals
 * @param line of the filter of its ids, where one was asked for; otherwise empty
 * @param directory where the line does not exclude what was asked for; otherwise null
 * @param traceIndex its {@link TraceIndex}, where it has one and the line does not
 * exclude the trace that was asked for; otherwise null
 */
record SegmentRef(UUID id, int project, int retentionDays, long firstTime, long lastTime, long received, byte[] line,
		byte @Nullable [] directory, byte @Nullable [] traceIndex) {

	boolean mayHold(long time) {
		return this.firstTime <= time && time <= this.lastTime;
	}

}
