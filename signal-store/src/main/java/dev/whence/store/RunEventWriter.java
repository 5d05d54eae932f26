package dev.whence.store;

import java.util.List;

import dev.whence.model.ProjectId;

/**
 * Stores what clients tell of their decision runs, each event once.
 */
public interface RunEventWriter {

	/**
	 * Stores the events in one transaction that is on disk when this method returns.
	 * Either everything of the call is stored or nothing is.
	 * @return one outcome per event, in the same order; an event whose id is known is a
	 * duplicate
	 * @throws org.springframework.dao.DataAccessException as {@link SignalWriter#write}
	 */
	List<WriteOutcome> write(ProjectId project, List<RunSubmission> submissions);

}
