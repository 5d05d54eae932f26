package dev.whence.ingest.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.util.unit.DataSize;

/** The limits of a request as they are by default, for decoders in other packages. */
public final class TestLimits {

	private TestLimits() {
	}

	public static RequestLimits byDefault() {
		return within(Runtime.getRuntime().maxMemory() / 2);
	}

	/** The same where all requests together may hold this many bytes. */
	public static RequestLimits within(long bytes) {
		return limits(inFlight(bytes));
	}

	static InFlightBytes inFlight(long bytes) {
		return new InFlightBytes(properties((double) bytes / Runtime.getRuntime().maxMemory()),
				new SimpleMeterRegistry());
	}

	static RequestLimits limits(InFlightBytes inFlight) {
		IntakeProperties properties = properties(0.5);
		return new RequestLimits(properties.maxRecords(), properties.maxStored().toBytes(), inFlight.lease());
	}

	private static IntakeProperties properties(double inFlightShare) {
		return new IntakeProperties(DataSize.ofMegabytes(16), 50_000, DataSize.ofMegabytes(64), inFlightShare);
	}

}
