package dev.whence.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.whence.model.ProjectId;

/**
 * One call's signals on their way through the queue, encoded on the caller's thread. The
 * caller may give up; a commit takes only what nobody has given up.
 */
final class PendingWrite {

	private final ProjectId project;

	private final List<Submission> submissions;

	private final CopyBatch rows;

	private final long enqueuedAt = System.nanoTime();

	private final CompletableFuture<List<WriteOutcome>> outcomes = new CompletableFuture<>();

	private final AtomicBoolean claimed = new AtomicBoolean();

	PendingWrite(ProjectId project, List<Submission> submissions, CopyBatch rows) {
		this.project = project;
		this.submissions = submissions;
		this.rows = rows;
	}

	ProjectId project() {
		return this.project;
	}

	List<Submission> submissions() {
		return this.submissions;
	}

	CopyBatch rows() {
		return this.rows;
	}

	long enqueuedAt() {
		return this.enqueuedAt;
	}

	/** Whether the one who asks is the first: the commit or the caller that gave up. */
	boolean claim() {
		return this.claimed.compareAndSet(false, true);
	}

	CompletableFuture<List<WriteOutcome>> outcomes() {
		return this.outcomes;
	}

}
