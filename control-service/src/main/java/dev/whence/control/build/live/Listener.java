package dev.whence.control.build.live;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.whence.control.build.BuildJournal.Entry;
import dev.whence.model.ProjectId;
import dev.whence.support.web.EventStream;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open stream. Its own thread writes, so that a reader who is slow holds up nobody
 * else; one who falls behind too far is let go and comes back with the number it has.
 */
final class Listener {

	private static final int MAX_BEHIND = 256;

	private static final Duration RECONNECT = Duration.ofSeconds(2);

	private final ProjectId project;

	private final @Nullable Long build;

	private final SseEmitter emitter;

	private final Duration heartbeat;

	private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MAX_BEHIND);

	private volatile long seen;

	private volatile boolean closed;

	/**
	 * @param build whose events it gets; null for all of the project
	 * @param seen the number of the last event that it has
	 */
	Listener(ProjectId project, @Nullable Long build, long seen, SseEmitter emitter, Duration heartbeat) {
		this.project = project;
		this.build = build;
		this.seen = seen;
		this.emitter = emitter;
		this.heartbeat = heartbeat;
	}

	ProjectId project() {
		return this.project;
	}

	/** The number up to which it has been given everything. */
	long seen() {
		return this.seen;
	}

	boolean isClosed() {
		return this.closed;
	}

	/** Takes an event if it is one for it and newer than what it has. */
	void offer(Entry entry) {
		if (this.closed || entry.number() <= this.seen) {
			return;
		}
		this.seen = entry.number();
		boolean wanted = entry.project().equals(this.project) && (this.build == null || this.build == entry.build());
		if (wanted && !this.waiting.offer(entry)) {
			close();
		}
	}

	/** Tells first how the build is. */
	void begin(Entry entry) {
		this.waiting.add(entry);
	}

	/**
	 * Writes until the stream is closed, the time is over or, for one build, its end was
	 * written.
	 */
	void run(Duration time) {
		try {
			EventStream.write(this.emitter, () -> write(time));
		}
		finally {
			this.closed = true;
		}
	}

	private void write(Duration time) throws IOException, InterruptedException {
		long begun = System.nanoTime();
		this.emitter.send(SseEmitter.event().reconnectTime(RECONNECT.toMillis()).comment("builds"));
		while (!this.closed && System.nanoTime() - begun < time.toNanos()) {
			Entry next = this.waiting.poll(this.heartbeat.toMillis(), TimeUnit.MILLISECONDS);
			if (next == null) {
				this.emitter.send(SseEmitter.event().comment("alive"));
				continue;
			}
			this.emitter.send(SseEmitter.event()
				.id(String.valueOf(next.number()))
				.name("build")
				.data(BuildEvent.of(next), MediaType.APPLICATION_JSON));
			if (this.build != null && next.status().isTerminal()) {
				return;
			}
		}
	}

	void close() {
		this.closed = true;
	}

}
