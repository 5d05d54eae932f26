package dev.whence.ingest.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.util.unit.DataSize;

/** The limits of a request as they are by default, for decoders in other packages. */
public final class TestLimits {

	private TestLimits() {
	}

	public static RequestLimits byDefault() {
		IntakeProperties properties = new IntakeProperties(DataSize.ofMegabytes(16), 50_000, DataSize.ofMegabytes(64),
				0.5);
		return new RequestLimits(properties.maxRecords(), properties.maxStored().toBytes(),
				new InFlightBytes(properties, new SimpleMeterRegistry()).lease());
	}

}
