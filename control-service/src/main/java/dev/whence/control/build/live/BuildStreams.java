package dev.whence.control.build.live;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.whence.control.build.Build;
import dev.whence.control.build.BuildJournal;
import dev.whence.control.build.BuildJournal.Entry;
import dev.whence.control.build.BuildProperties;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open streams of this process. One reader of the journal serves all of them, and
 * reads only while there are some; what another process has written is in the journal,
 * too.
 */
@Component
class BuildStreams implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(BuildStreams.class);

	private static final int BATCH = 200;

	/** Whoever was away for longer reads the list anew. */
	private static final long FARTHEST_BACK = 10_000;

	private final BuildJournal journal;

	private final BuildProperties properties;

	private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Thread reader;

	BuildStreams(BuildJournal journal, BuildProperties properties) {
		this.journal = journal;
		this.properties = properties;
	}

	/**
	 * A stream of the project's builds.
	 * @param last the number of the last event that the reader has; null when it has none
	 * @throws ProblemException {@code OVERLOADED} when too many are open
	 */
	SseEmitter open(ProjectId project, @Nullable Long last) {
		long newest = this.journal.last();
		return add(project, null, (last != null) ? Math.clamp(last, newest - FARTHEST_BACK, newest) : newest, null);
	}

	/**
	 * A stream of one build, which begins with how it is unless the reader knows.
	 * @return empty when the reader knows its end
	 */
	Optional<SseEmitter> open(Build build, @Nullable Long last) {
		long newest = this.journal.last();
		Entry now = this.journal.lastOf(build.id()).orElseThrow();
		if (now.status().isTerminal() && last != null && last >= now.number()) {
			return Optional.empty();
		}
		if (last != null && !now.status().isTerminal()) {
			return Optional
				.of(add(build.project(), build.id(), Math.clamp(last, newest - FARTHEST_BACK, newest), null));
		}
		return Optional.of(add(build.project(), build.id(), Math.max(newest, now.number()), now));
	}

	@Override
	public void start() {
		Thread thread = Thread.ofVirtual().name("build-streams").unstarted(this::read);
		this.reader = thread;
		thread.start();
	}

	/** Before the web server waits for requests that have not ended. */
	@Override
	public void stop() {
		Thread running = this.reader;
		this.reader = null;
		if (running != null) {
			running.interrupt();
		}
		this.listeners.forEach(Listener::close);
	}

	@Override
	public boolean isRunning() {
		return this.reader != null;
	}

	private synchronized SseEmitter add(ProjectId project, @Nullable Long build, long seen, @Nullable Entry first) {
		long ofProject = this.listeners.stream().filter((listener) -> listener.project().equals(project)).count();
		if (this.listeners.size() >= this.properties.listeners()
				|| ofProject >= this.properties.listenersPerProject()) {
			throw new ProblemException(ProblemCode.OVERLOADED,
					"Too many event streams are open; close some, or ask now and then");
		}
		// Longer than the stream itself lives: its own thread ends it.
		SseEmitter emitter = new SseEmitter(this.properties.streamFor().plus(Duration.ofMinutes(1)).toMillis());
		Listener listener = new Listener(project, build, seen, emitter, this.properties.heartbeat());
		if (first != null) {
			listener.begin(first);
		}
		Runnable gone = () -> {
			listener.close();
			this.listeners.remove(listener);
		};
		emitter.onCompletion(gone);
		emitter.onTimeout(gone);
		emitter.onError((_) -> gone.run());
		this.listeners.add(listener);
		Thread.ofVirtual().name("build-stream").start(() -> {
			try {
				listener.run(this.properties.streamFor());
			}
			finally {
				this.listeners.remove(listener);
			}
		});
		return emitter;
	}

	private void read() {
		while (isRunning()) {
			try {
				if (!readOn()) {
					Thread.sleep(this.properties.look());
				}
			}
			catch (InterruptedException _) {
				return;
			}
			catch (RuntimeException ex) {
				log.debug("The journal of builds cannot be read: {}", ex.toString());
				pauseAfterFailure();
			}
		}
	}

	private boolean readOn() {
		long from = this.listeners.stream().mapToLong(Listener::seen).min().orElse(Long.MAX_VALUE);
		if (from == Long.MAX_VALUE) {
			return false;
		}
		List<Entry> entries = this.journal.after(from, BATCH);
		entries.forEach((entry) -> this.listeners.forEach((listener) -> listener.offer(entry)));
		return entries.size() == BATCH;
	}

	private void pauseAfterFailure() {
		try {
			Thread.sleep(Duration.ofSeconds(1));
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
