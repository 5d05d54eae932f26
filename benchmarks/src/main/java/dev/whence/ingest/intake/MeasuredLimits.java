package dev.whence.ingest.intake;

import java.util.function.Function;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.util.unit.DataSize;

/** Gives benchmarks of decoders the limits of a request, as the body reader would. */
public final class MeasuredLimits {

	private static final int RECORDS = 50_000;

	private static final DataSize BYTES = DataSize.ofMegabytes(64);

	private final InFlightBytes inFlight = new InFlightBytes(new IntakeProperties(BYTES, RECORDS, BYTES, 0.5),
			new SimpleMeterRegistry());

	/** Does the work as one request. */
	public <T> T request(Function<RequestLimits, T> work) {
		try (InFlightBytes.Lease lease = this.inFlight.lease()) {
			return work.apply(new RequestLimits(RECORDS, BYTES.toBytes(), lease));
		}
	}

}
