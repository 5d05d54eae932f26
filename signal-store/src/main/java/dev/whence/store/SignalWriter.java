package dev.whence.store;

import java.util.List;

import dev.whence.model.ProjectId;

/**
 * Stores telemetry, each signal once.
 */
public interface SignalWriter {

	/**
	 * Stores the signals and what has to be announced about them in one transaction that
	 * is on disk when this method returns. Either everything of the call is stored or
	 * nothing is.
	 * @param submissions in the order of the request; the same id may occur twice
	 * @return one outcome per submission, in the same order
	 * @throws org.springframework.dao.DataAccessException when PostgreSQL is unavailable
	 * or overloaded. Whether the call was stored may then be unknown, a commit can still
	 * succeed after its caller gave up; the same call may be repeated and finds what is
	 * there
	 */
	List<WriteOutcome> write(ProjectId project, List<Submission> submissions);

}
