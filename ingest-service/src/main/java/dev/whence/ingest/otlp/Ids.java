package dev.whence.ingest.otlp;

import java.time.Instant;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import dev.whence.model.TraceId;
import dev.whence.store.form.EpochNanos;

/** Ids and times of the wire format; what is invalid or absent is null. */
final class Ids {

	private static final int TRACE_BYTES = 16;

	private static final int SPAN_BYTES = 8;

	private Ids() {
	}

	/** Reads the field that was just found. */
	static @Nullable TraceId trace(WireReader in) {
		String hex = hex(in, TRACE_BYTES);
		return (hex != null) ? new TraceId(hex) : null;
	}

	/** Reads the field that was just found. */
	static @Nullable String span(WireReader in) {
		return hex(in, SPAN_BYTES);
	}

	/** Zero means that the sender did not say. */
	static @Nullable Instant time(long unixNanos) {
		return (unixNanos != 0 && !isBeyond(unixNanos)) ? EpochNanos.ofLong(unixNanos) : null;
	}

	/** Whether an unsigned number is a time after all that can be stored. */
	static boolean isBeyond(long unixNanos) {
		return unixNanos < 0 || unixNanos == Long.MAX_VALUE;
	}

	private static @Nullable String hex(WireReader in, int expected) {
		int length = in.length();
		int from = in.position();
		in.advance(length);
		if (length != expected) {
			return null;
		}
		for (int i = from; i < from + length; i++) {
			if (in.bytes()[i] != 0) {
				return HexFormat.of().formatHex(in.bytes(), from, from + length);
			}
		}
		return null;
	}

}
