package dev.whence.gateway.fallback;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import dev.whence.model.ProblemCode;

/**
 * When a client that was refused should come again: spread, so that clients refused
 * together do not come back together, and later the more of them there are. Whoever was
 * refused lately is a queue that stands outside; it is told to return over the time in
 * which as many requests were answered lately.
 */
public final class RetryAdvice {

	/** Where nobody else waits: the next few seconds are as good as any. */
	private static final long SHORTEST_SPREAD = 5;

	/** Exporters give up after minutes. */
	private static final long LONGEST_SPREAD = 60;

	private static final long WINDOW_NANOS = Duration.ofSeconds(5).toNanos();

	private final LongSupplier nanoTime;

	private volatile Window current;

	private volatile Window before;

	/** Advice by the clock of this process. */
	public RetryAdvice() {
		this(System::nanoTime);
	}

	RetryAdvice(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.current = new Window(nanoTime.getAsLong());
		this.before = this.current;
	}

	/** Notes a request that a service answered. */
	public void answered() {
		window().answered.increment();
	}

	/**
	 * Notes a client that is refused.
	 * @param why a service that is away has no queue that would get longer
	 * @return the seconds after which it should come again, at least one
	 */
	public long seconds(ProblemCode why) {
		return ThreadLocalRandom.current()
			.nextLong(1, ((why == ProblemCode.OVERLOADED) ? spread() : SHORTEST_SPREAD) + 1);
	}

	private long spread() {
		Window now = window();
		now.refused.increment();
		long refused = now.refused.sum() + this.before.refused.sum();
		long seconds = Duration.ofNanos(2 * WINDOW_NANOS).toSeconds();
		// At least one a second, for nothing is known where nothing was answered.
		long answered = Math.max(seconds, now.answered.sum() + this.before.answered.sum());
		return Math.clamp(refused * seconds / answered, SHORTEST_SPREAD, LONGEST_SPREAD);
	}

	private Window window() {
		Window now = this.current;
		long time = this.nanoTime.getAsLong();
		if (time - now.since < WINDOW_NANOS) {
			return now;
		}
		synchronized (this) {
			if (this.current == now) {
				// After a quiet time nothing of what was before counts any more.
				this.before = (time - now.since < 2 * WINDOW_NANOS) ? now : new Window(time);
				this.current = new Window(time);
			}
			return this.current;
		}
	}

	private static final class Window {

		private final long since;

		private final LongAdder answered = new LongAdder();

		private final LongAdder refused = new LongAdder();

		private Window(long since) {
			this.since = since;
		}

	}

}
