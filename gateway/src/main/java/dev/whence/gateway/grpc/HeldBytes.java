package dev.whence.gateway.grpc;

import java.util.concurrent.atomic.AtomicLong;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/**
 * Counts the bytes that one call holds while they arrive, against what all calls may hold
 * together. Everything is given back with the answer, and what arrives after it when the
 * call's stream ends, however it ends.
 */
final class HeldBytes extends ServerStreamTracer {

	private static final Context.Key<HeldBytes> KEY = Context.key("held-bytes");

	private final AtomicLong free;

	private final AtomicLong held = new AtomicLong();

	private long arrived;

	private volatile Runnable onOverflow = () -> {
	};

	private HeldBytes(AtomicLong free) {
		this.free = free;
	}

	/** The account of the current call. */
	static HeldBytes current() {
		return KEY.get();
	}

	/** What to do when there is no room for what arrives; it may be told repeatedly. */
	void onOverflow(Runnable action) {
		this.onOverflow = action;
	}

	/** Holds more bytes, or none and returns false if there is no room for them. */
	boolean hold(long bytes) {
		if (this.free.addAndGet(-bytes) < 0) {
			this.free.addAndGet(bytes);
			return false;
		}
		this.held.addAndGet(bytes);
		return true;
	}

	/** Gives back what a message took as it came over the wire; it was read. */
	void letGoOfArrived() {
		long bytes = this.arrived;
		this.arrived = 0;
		this.held.addAndGet(-bytes);
		this.free.addAndGet(bytes);
	}

	@Override
	public Context filterContext(Context context) {
		return context.withValue(KEY, this);
	}

	@Override
	public void inboundWireSize(long bytes) {
		if (hold(bytes)) {
			this.arrived += bytes;
		}
		else {
			this.onOverflow.run();
		}
	}

	/** Gives everything back. */
	void letGo() {
		this.free.addAndGet(this.held.getAndSet(0));
	}

	@Override
	public void streamClosed(Status status) {
		letGo();
	}

	/** Opens an account for each call. */
	static final class Accounts extends Factory {

		private final AtomicLong free;

		Accounts(long bytes) {
			this.free = new AtomicLong(bytes);
		}

		@Override
		public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
			return new HeldBytes(this.free);
		}

	}

}
