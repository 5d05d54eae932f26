package dev.whence.xray;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Encoded events that wait for their delivery, at most so many and so many bytes of them,
 * those included that are under way. Any thread may offer and none ever waits: there is
 * no lock. One thread takes.
 * <p>
 * Every event that is offered ends in exactly one of the counters sent, dropped and
 * failed.
 */
final class Outbox {

	private final Queue<byte[]> events = new ConcurrentLinkedQueue<>();

	private final int mostEvents;

	private final long mostBytes;

	private final AtomicInteger size = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicLong accepted = new AtomicLong();

	private final AtomicLong settled = new AtomicLong();

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private volatile boolean closed;

	Outbox(int mostEvents, long mostBytes) {
		this.mostEvents = mostEvents;
		this.mostBytes = mostBytes;
	}

	/** Takes the event, or drops and counts it. */
	void offer(byte[] event) {
		if (this.closed || !reserve(event.length)) {
			this.dropped.incrementAndGet();
			return;
		}
		this.accepted.incrementAndGet();
		this.events.add(event);
		if (this.closed) {
			// Whoever closed it may have looked before this event was there.
			drain();
		}
	}

	/** Whether writing an event is of no use. */
	boolean isFull() {
		return this.closed || this.size.get() >= this.mostEvents;
	}

	/** An event that was not even written. */
	void dropUnwritten() {
		this.dropped.incrementAndGet();
	}

	/** The oldest events: at most so many, and so many bytes if more than one. */
	List<byte[]> take(int most, long mostBytes) {
		List<byte[]> batch = new ArrayList<>();
		long taken = 0;
		while (batch.size() < most) {
			byte[] next = this.events.peek();
			if (next == null || (!batch.isEmpty() && taken + next.length > mostBytes)) {
				break;
			}
			byte[] event = this.events.poll();
			if (event == null) {
				break;
			}
			taken += event.length;
			batch.add(event);
		}
		return batch;
	}

	/** The server has these events, but for so many which it refused. */
	void delivered(List<byte[]> batch, int refused) {
		this.sent.addAndGet(batch.size() - refused);
		this.failed.addAndGet(refused);
		settle(batch);
	}

	/** The server does not have these events and will not be asked again. */
	void failed(List<byte[]> batch) {
		this.failed.addAndGet(batch.size());
		settle(batch);
	}

	/** These events were not sent because time ran out. */
	void dropped(List<byte[]> batch) {
		this.dropped.addAndGet(batch.size());
		settle(batch);
	}

	/** Drops what waits and whatever will be offered from now on. */
	void close() {
		this.closed = true;
		drain();
	}

	private void drain() {
		@Nullable byte[] event;
		while ((event = this.events.poll()) != null) {
			dropped(List.of(event));
		}
	}

	private boolean reserve(int length) {
		if (this.size.incrementAndGet() > this.mostEvents) {
			this.size.decrementAndGet();
			return false;
		}
		if (this.bytes.addAndGet(length) > this.mostBytes) {
			this.bytes.addAndGet(-length);
			this.size.decrementAndGet();
			return false;
		}
		return true;
	}

	private void settle(List<byte[]> batch) {
		batch.forEach((event) -> this.bytes.addAndGet(-event.length));
		this.size.addAndGet(-batch.size());
		this.settled.addAndGet(batch.size());
	}

	/** How many events wait or are under way. */
	int size() {
		return this.size.get();
	}

	/** How many events were taken from the application so far. */
	long accepted() {
		return this.accepted.get();
	}

	/** How many of {@link #accepted()} are counted as sent, dropped or failed. */
	long settled() {
		return this.settled.get();
	}

	long sent() {
		return this.sent.get();
	}

	long dropped() {
		return this.dropped.get();
	}

	long failed() {
		return this.failed.get();
	}

}
