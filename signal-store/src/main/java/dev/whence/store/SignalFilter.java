package dev.whence.store;

import java.time.Instant;

import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import org.jspecify.annotations.Nullable;

/**
 * Which signals a search wants; null admits everything.
 *
 * @param from inclusive
 * @param to inclusive
 */
public record SignalFilter(@Nullable TraceId traceId, @Nullable String serviceName, @Nullable SignalType type,
		@Nullable Instant from, @Nullable Instant to) {

	/** Every signal. */
	public static final SignalFilter ALL = new SignalFilter(null, null, null, null, null);

}
