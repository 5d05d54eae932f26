package dev.whence.store.rollup;

import java.time.Instant;

import dev.whence.model.ProjectId;

/** Hears that a minute was counted, in the transaction that stores the result. */
@FunctionalInterface
public interface MinuteListener {

	/**
	 * The rollups of a minute are as good as its stored signals. May be called again for
	 * the same minute, when more of its signals came. Whatever it writes is committed
	 * with the rollups or not at all.
	 * @param minute the instant the minute begins with
	 */
	void settled(ProjectId project, Instant minute);

}
