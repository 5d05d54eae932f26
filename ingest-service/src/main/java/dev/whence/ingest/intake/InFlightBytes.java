package dev.whence.ingest.intake;

import java.util.concurrent.atomic.AtomicLong;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/** Bounds the memory that request bodies hold together; beyond it, callers get 503. */
@Component
class InFlightBytes {

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	InFlightBytes(IntakeProperties properties, MeterRegistry registry) {
		this.limit = (long) (Runtime.getRuntime().maxMemory() * properties.inFlightShare());
		registry.gauge("whence.ingest.inflight.bytes", this.held);
	}

	Lease lease() {
		return new Lease();
	}

	/** What one request holds. */
	final class Lease implements AutoCloseable {

		private long mine;

		void add(int bytes) {
			this.mine += bytes;
			if (InFlightBytes.this.held.addAndGet(bytes) > InFlightBytes.this.limit) {
				throw new ProblemException(ProblemCode.OVERLOADED, "too many bytes are being taken in; try again");
			}
		}

		@Override
		public void close() {
			InFlightBytes.this.held.addAndGet(-this.mine);
		}

	}

}
