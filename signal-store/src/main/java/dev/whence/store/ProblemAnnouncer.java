package dev.whence.store;

import java.util.List;

import dev.whence.model.Problem;
import dev.whence.model.ProjectId;
import dev.whence.store.outbox.OutboxMessage;

/** Decides, inside the writing transaction, which events newly stored problems cause. */
@FunctionalInterface
public interface ProblemAnnouncer {

	List<OutboxMessage> announce(ProjectId project, List<Problem> stored);

}
