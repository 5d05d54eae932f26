package dev.whence.ingest.rejected;

import dev.whence.model.ProblemException;

/**
 * A refusal of which each record was counted and listed already, so that the request as a
 * whole is not.
 */
public final class RecordedProblem extends ProblemException {

	public RecordedProblem(ProblemException problem) {
		super(problem.code(), problem.detail(), problem.errors(), problem.getCause());
	}

}
