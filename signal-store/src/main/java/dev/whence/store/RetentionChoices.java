package dev.whence.store;

import java.util.Map;

import dev.whence.model.ProjectId;
import dev.whence.model.SignalType;

/**
 * What projects chose to keep. A choice is acted on by the next maintenance, within a
 * minute, and for what is written from then on.
 */
public interface RetentionChoices {

	/** The longest that can be chosen, in days. */
	int MOST_DAYS = 3650;

	/**
	 * For how many days the project keeps each type, chosen or not; at least as long as
	 * was chosen.
	 */
	Map<SignalType, Integer> of(ProjectId project);

	/**
	 * @param days between 1 and {@link #MOST_DAYS}
	 */
	void choose(ProjectId project, SignalType type, int days);

}
