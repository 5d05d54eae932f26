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

		/**
		 * @throws ProblemException 503 when all requests together hold too much, 413 when
		 * this one alone does, which no later time would change
		 */
		void add(long bytes) {
			this.mine += bytes;
			if (this.mine > InFlightBytes.this.limit) {
				InFlightBytes.this.held.addAndGet(bytes);
				throw new ProblemException(ProblemCode.BODY_TOO_LARGE, "A request may take " + InFlightBytes.this.limit
						+ " bytes of memory while it is read; send it in several");
			}
			if (InFlightBytes.this.held.addAndGet(bytes) > InFlightBytes.this.limit) {
				throw new ProblemException(ProblemCode.OVERLOADED, "Too many bytes are being taken in; try again");
			}
		}

		@Override
		public void close() {
			InFlightBytes.this.held.addAndGet(-this.mine);
		}

	}

}
