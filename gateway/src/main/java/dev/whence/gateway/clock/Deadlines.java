package dev.whence.gateway.clock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Time limits that nearly always end unused. To set and to drop one costs a fraction of
 * what {@link Mono#delay} does, which wakes a thread; the price is that a limit may be
 * noticed 50 ms late.
 */
public final class Deadlines implements AutoCloseable {

	private static final int TICK_MILLIS = 50;

	private static final int TICKS = 512;

	private final HashedWheelTimer timer = new HashedWheelTimer(new DefaultThreadFactory("deadlines", true),
			TICK_MILLIS, TimeUnit.MILLISECONDS, TICKS, false, -1, (late) -> Schedulers.parallel().schedule(late));

	/** Completes when the time is over, unless cancelled before. */
	public Mono<Void> after(Duration time) {
		return Mono.create((sink) -> sink.onDispose(schedule(time, sink::success)));
	}

	/** Runs the action when the time is over, unless disposed of before. */
	public Disposable schedule(Duration time, Runnable action) {
		Timeout timeout = this.timer.newTimeout((late) -> action.run(), time.toNanos(), TimeUnit.NANOSECONDS);
		return timeout::cancel;
	}

	@Override
	public void close() {
		this.timer.stop();
	}

}
