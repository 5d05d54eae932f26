package dev.whence.query.search;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.store.SignalSearch;
import dev.whence.support.web.EventStream;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The live streams of this process, each with a thread of its own. */
@Component
class Tails implements SmartLifecycle {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private final SignalSearch search;

	private final SearchGate gate;

	private final SearchProperties properties;

	private final Set<Thread> open = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	Tails(SignalSearch search, SearchGate gate, SearchProperties properties) {
		this.search = search;
		this.gate = gate;
		this.properties = properties;
	}

	/**
	 * A stream of what matches from now on.
	 * @throws ProblemException {@code OVERLOADED} when too many are open
	 */
	synchronized SseEmitter open(ProjectId project, SearchRequest request) {
		if (this.open.size() >= this.properties.tails()) {
			throw new ProblemException(ProblemCode.OVERLOADED,
					"Too many live streams are open; close some, or search now and then");
		}
		// Longer than the stream itself lives: its own thread ends it.
		SseEmitter emitter = new SseEmitter(LONGEST.plus(Duration.ofMinutes(1)).toMillis());
		Tail tail = new Tail(this.search, this.gate, project, request, emitter);
		Thread thread = Thread.ofVirtual().name("tail").unstarted(() -> run(tail, emitter));
		emitter.onCompletion(thread::interrupt);
		emitter.onTimeout(thread::interrupt);
		emitter.onError((_) -> thread.interrupt());
		this.open.add(thread);
		thread.start();
		return emitter;
	}

	private void run(Tail tail, SseEmitter emitter) {
		try {
			EventStream.write(emitter, () -> tail.run(LONGEST));
		}
		finally {
			this.open.remove(Thread.currentThread());
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** Before the web server waits for requests that have not ended. */
	@Override
	public void stop() {
		this.running = false;
		this.open.forEach(Thread::interrupt);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
