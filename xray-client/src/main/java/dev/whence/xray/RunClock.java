package dev.whence.xray;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The time of one run: it starts with the wall clock and goes on by the monotonic one,
 * and no two readings are the same, so that steps keep their order whatever is done to
 * the machine's clock meanwhile.
 */
final class RunClock {

	private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

	private final Instant start;

	private final LongSupplier nanoTime;

	private final long startNanos;

	private final AtomicLong lastMicros = new AtomicLong(-1);

	RunClock() {
		this(Clock.systemUTC(), System::nanoTime);
	}

	RunClock(Clock wall, LongSupplier nanoTime) {
		this.start = wall.instant().truncatedTo(ChronoUnit.MICROS);
		this.nanoTime = nanoTime;
		this.startNanos = nanoTime.getAsLong();
	}

	/** Now, as ISO 8601 with microseconds and offset. */
	String now() {
		long elapsed = (this.nanoTime.getAsLong() - this.startNanos) / 1000;
		long micros = this.lastMicros.updateAndGet((last) -> Math.max(last + 1, elapsed));
		return ISO.format(this.start.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
	}

}
