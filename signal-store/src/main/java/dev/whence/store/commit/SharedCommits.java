package dev.whence.store.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.whence.store.WriteOutcome;
import dev.whence.store.copy.CopyBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;

/**
 * Lets calls share commits, whatever the tables. Each caller encodes its rows on its own
 * thread and waits; a few threads take what has gathered meanwhile and commit it
 * together. While a commit is under way the next group gathers, so that groups grow with
 * the load and nothing waits when there is none.
 */
public final class SharedCommits implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(SharedCommits.class);

	/** A few hundred rows cost PostgreSQL about as much as the commit itself. */
	private static final int WORTH_A_COMMIT = 500;

	/** Several times as long as a commit takes, and little to a caller. */
	private static final Duration STUCK = Duration.ofMillis(50);

	private static final Duration CLOSING = Duration.ofSeconds(10);

	private final Commit commit;

	private final WritingProperties properties;

	private final WriteQueue queue;

	private final List<Thread> threads = new ArrayList<>();

	public SharedCommits(Commit commit, WritingProperties properties) {
		this.commit = commit;
		this.properties = properties;
		this.queue = new WriteQueue(properties.queued().toBytes(), properties.patience(), WORTH_A_COMMIT, STUCK);
		for (int i = 1; i <= properties.threads(); i++) {
			this.threads.add(Thread.ofPlatform().name("signal-commit-" + i).daemon().start(this::run));
		}
	}

	/**
	 * Stores the bundles in one transaction that is on disk when this method returns: all
	 * that are new, or nothing.
	 * @return one outcome per bundle, in the same order
	 * @throws org.springframework.dao.DataAccessException when PostgreSQL is unavailable
	 * or overloaded; whether something was stored may then be unknown
	 */
	public List<WriteOutcome> write(List<Bundle> bundles) {
		if (bundles.isEmpty()) {
			return List.of();
		}
		long deadline = System.nanoTime() + this.properties.patience().toNanos();
		// On the caller's thread, as there are many of those and few that commit.
		CopyBatch rows = this.commit.isReplaying() ? null : this.commit.encode(bundles);
		PendingWrite write = new PendingWrite(bundles, rows);
		if (!this.queue.offer(write)) {
			throw new QueryTimeoutException("more rows wait for PostgreSQL than it takes in");
		}
		return await(write, deadline);
	}

	@Override
	public void destroy() throws InterruptedException {
		this.queue.close();
		for (Thread thread : this.threads) {
			thread.join(CLOSING);
		}
	}

	private List<WriteOutcome> await(PendingWrite write, long deadline) {
		try {
			return write.outcomes().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			write.claim();
			throw new QueryTimeoutException("PostgreSQL did not confirm in time; whether it stored is unknown", ex);
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause());
		}
		catch (InterruptedException ex) {
			write.claim();
			Thread.currentThread().interrupt();
			throw new DataAccessResourceFailureException("the service is stopping", ex);
		}
	}

	private static RuntimeException failure(@Nullable Throwable cause) {
		return (cause instanceof RuntimeException failure) ? failure : new IllegalStateException(cause);
	}

	private void run() {
		boolean open = true;
		while (open) {
			try {
				open = commitNext();
			}
			catch (InterruptedException _) {
				return;
			}
			catch (Throwable ex) {
				// Whatever it was, out of memory for one: without its threads the service
				// would refuse everything from here on.
				log.error("A commit ended in an error", ex);
			}
		}
	}

	/** Returns false when the queue is closed and empty. */
	private boolean commitNext() throws InterruptedException {
		List<PendingWrite> group = this.queue.take(this.properties.groupRows());
		if (group.isEmpty()) {
			return false;
		}
		try {
			commit(group);
		}
		finally {
			this.queue.done();
		}
		return true;
	}

	private void commit(List<PendingWrite> group) {
		try {
			this.commit.run(group);
		}
		catch (RuntimeException ex) {
			// What is wrong with one call must not be the other callers' loss.
			if (group.size() > 1 && !Commit.isTransient(ex)) {
				int half = group.size() / 2;
				commit(group.subList(0, half));
				commit(group.subList(half, group.size()));
				return;
			}
			group.forEach((write) -> write.outcomes().completeExceptionally(ex));
		}
		catch (Error ex) {
			log.error("A commit of {} calls failed", group.size(), ex);
			group.forEach((write) -> write.outcomes().completeExceptionally(ex));
		}
	}

}
