package dev.whence.store;

import java.time.Instant;
import java.util.List;

import dev.whence.model.ProjectId;
import dev.whence.store.outbox.OutboxMessage;

/** Decides which events tell that signals of some minutes were stored. */
@FunctionalInterface
public interface MinuteAnnouncer {

	/**
	 * Called inside the writing transaction.
	 * @param minutes the instants they begin with
	 */
	List<OutboxMessage> announce(ProjectId project, List<Instant> minutes);

}
