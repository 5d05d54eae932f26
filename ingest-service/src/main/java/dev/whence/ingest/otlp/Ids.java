package dev.whence.ingest.otlp;

import java.time.Instant;
import java.util.HexFormat;

import com.google.protobuf.ByteString;
import dev.whence.model.TraceId;
import dev.whence.store.EpochNanos;
import org.jspecify.annotations.Nullable;

/** Ids and times of the wire format; what is invalid or absent is null. */
final class Ids {

	private static final int TRACE_BYTES = 16;

	private static final int SPAN_BYTES = 8;

	private Ids() {
	}

	static @Nullable TraceId trace(ByteString bytes) {
		String hex = hex(bytes, TRACE_BYTES);
		return (hex != null) ? new TraceId(hex) : null;
	}

	static @Nullable String span(ByteString bytes) {
		return hex(bytes, SPAN_BYTES);
	}

	/** Zero means that the sender did not say; beyond 2262 the unsigned number wraps. */
	static @Nullable Instant time(long unixNanos) {
		return (unixNanos > 0 && unixNanos < Long.MAX_VALUE) ? EpochNanos.ofLong(unixNanos) : null;
	}

	private static @Nullable String hex(ByteString bytes, int length) {
		if (bytes.size() != length) {
			return null;
		}
		for (int i = 0; i < length; i++) {
			if (bytes.byteAt(i) != 0) {
				return HexFormat.of().formatHex(bytes.toByteArray());
			}
		}
		return null;
	}

}
