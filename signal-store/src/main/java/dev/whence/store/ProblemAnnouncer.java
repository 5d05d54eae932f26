package dev.whence.store;

import java.util.List;

import dev.whence.model.Problem;
import dev.whence.model.ProjectId;

/** Decides, inside the writing transaction, which events newly stored problems cause. */
@FunctionalInterface
public interface ProblemAnnouncer {

	List<OutboxMessage> announce(ProjectId project, List<Problem> stored);

}
