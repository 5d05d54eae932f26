package dev.whence.store.commit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.whence.model.ProjectId;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.copy.CopyBatch;
import org.jspecify.annotations.Nullable;

/**
 * One call's signals on their way through the queue. The caller may give up; a commit
 * takes only what nobody has given up.
 */
final class PendingWrite {

	private final ProjectId project;

	private final List<Submission> submissions;

	private final @Nullable CopyBatch rows;

	private final long size;

	private final long enqueuedAt = System.nanoTime();

	private final CompletableFuture<List<WriteOutcome>> outcomes = new CompletableFuture<>();

	private final AtomicBoolean claimed = new AtomicBoolean();

	/**
	 * @param rows the encoded rows, unless they will probably not be needed; without them
	 * the size is a guess, for memory that the request holds in any case
	 */
	PendingWrite(ProjectId project, List<Submission> submissions, @Nullable CopyBatch rows) {
		this.project = project;
		this.submissions = submissions;
		this.rows = rows;
		this.size = (rows != null) ? rows.size() : (long) submissions.size() * CopyBatch.USUAL_ROW;
	}

	ProjectId project() {
		return this.project;
	}

	List<Submission> submissions() {
		return this.submissions;
	}

	@Nullable CopyBatch rows() {
		return this.rows;
	}

	/** How many bytes wait with this call, roughly. */
	long size() {
		return this.size;
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
