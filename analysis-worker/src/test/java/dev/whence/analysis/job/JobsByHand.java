package dev.whence.analysis.job;

import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/** Claims and runs jobs when a test says so, in place of the stopped runner. */
@Component
public class JobsByHand {

	private final JobQueue queue;

	private final List<JobHandler> handlers;

	JobsByHand(JobQueue queue, List<JobHandler> handlers, JobRunner runner) {
		this.queue = queue;
		this.handlers = handlers;
	}

	public Optional<Claim> claim() {
		return this.queue.claim("by hand");
	}

	public void run(Claim claim) {
		this.handlers.stream().filter((handler) -> handler.kind() == claim.kind()).findFirst().orElseThrow().run(claim);
	}

	/** Runs whatever is due, and what becomes due by it. */
	public void runAll() {
		for (Optional<Claim> claim = claim(); claim.isPresent(); claim = claim()) {
			run(claim.get());
		}
	}

}
