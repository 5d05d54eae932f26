package dev.whence.ingest.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

/** Tells the outbox relay of this process that there may be something to carry. */
@Component
public class RelaySignal {

	private final Semaphore work = new Semaphore(0);

	/** Never blocks; many calls before the relay wakes count as one. */
	public void wake() {
		if (this.work.availablePermits() == 0) {
			this.work.release();
		}
	}

	/** Waits for a call of {@link #wake()}, at most this long. */
	public void await(Duration atMost) throws InterruptedException {
		if (this.work.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
			this.work.drainPermits();
		}
	}

}
