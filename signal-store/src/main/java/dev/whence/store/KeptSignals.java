package dev.whence.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;

/**
 * Signals that must outlive their retention, because an answer rests on them. They are
 * copied as they were stored.
 */
public interface KeptSignals {

	/**
	 * Keeps the signals, in the caller's transaction where there is one. Keeping twice
	 * changes nothing, and what the store does not hold (any more) is not kept.
	 */
	void keep(ProjectId project, Collection<Reference> wanted);

	/** The kept ones of these signals, oldest first. */
	List<Signal> find(ProjectId project, Collection<UUID> ids);

	/** Where a signal is found. */
	record Reference(SignalType type, Instant time, UUID id) {

		public static Reference to(Signal signal) {
			return new Reference(signal.type(), signal.timestamp(), signal.signalId());
		}

	}

}
