package dev.whence.store.commit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.whence.store.WriteOutcome;
import dev.whence.store.copy.CopyBatch;
import org.jspecify.annotations.Nullable;

/**
 * One call's bundles on their way through the queue. The caller may give up; a commit
 * takes only what nobody has given up.
 */
final class PendingWrite {

	private final List<Bundle> bundles;

	private final @Nullable CopyBatch rows;

	private final long size;

	private final long enqueuedAt = System.nanoTime();

	private final CompletableFuture<List<WriteOutcome>> outcomes = new CompletableFuture<>();

	private final AtomicBoolean claimed = new AtomicBoolean();

	/**
	 * @param rows the encoded rows, unless they will probably not be needed; without them
	 * the size is a guess, for memory that the request holds in any case
	 */
	PendingWrite(List<Bundle> bundles, @Nullable CopyBatch rows) {
		this.bundles = bundles;
		this.rows = rows;
		this.size = (rows != null) ? rows.size() : (long) bundles.size() * CopyBatch.USUAL_ROW;
	}

	List<Bundle> bundles() {
		return this.bundles;
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
