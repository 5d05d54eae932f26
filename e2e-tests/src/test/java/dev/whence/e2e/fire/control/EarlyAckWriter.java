package dev.whence.e2e.fire.control;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.whence.model.ProjectId;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;

/**
 * Says that everything is stored, and stores it half a second later: faithful as long as
 * the process lives, which is why only a crash shows the difference.
 */
final class EarlyAckWriter implements SignalWriter {

	private static final long LATER_MILLIS = 500;

	private final SignalWriter writer;

	private final ScheduledExecutorService later = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("early-ack").factory());

	EarlyAckWriter(SignalWriter writer) {
		this.writer = writer;
	}

	@Override
	public List<WriteOutcome> write(ProjectId project, List<Submission> submissions) {
		this.later.schedule(() -> this.writer.write(project, submissions), LATER_MILLIS, TimeUnit.MILLISECONDS);
		return Collections.nCopies(submissions.size(), WriteOutcome.STORED);
	}

}
