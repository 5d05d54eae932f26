package dev.whence.analysis.rollup;

import java.time.Instant;
import java.util.List;

import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobHandler;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.store.rollup.MinuteCounter;
import dev.whence.store.rollup.MinuteListener;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Counts a minute and tells those who wait for it, in one transaction. */
@Component
class MinuteRollup implements JobHandler {

	private final MinuteCounter counter;

	private final List<MinuteListener> listeners;

	private final JobQueue queue;

	private final TransactionOperations transactions;

	MinuteRollup(MinuteCounter counter, List<MinuteListener> listeners, JobQueue queue,
			TransactionOperations transactions) {
		this.counter = counter;
		this.listeners = listeners;
		this.queue = queue;
		this.transactions = transactions;
	}

	@Override
	public JobKind kind() {
		return JobKind.ROLLUP;
	}

	@Override
	public void run(Claim claim) {
		Instant minute = Instant.parse(claim.subject());
		this.transactions.executeWithoutResult((status) -> {
			this.counter.count(claim.project(), minute);
			this.listeners.forEach((listener) -> listener.settled(claim.project(), minute));
			// At the end: whoever announces the minute meanwhile must not wait for the
			// count.
			if (!this.queue.finish(claim, claim.wantedVersion())) {
				status.setRollbackOnly();
			}
		});
	}

}
