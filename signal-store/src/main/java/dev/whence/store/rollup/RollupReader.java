package dev.whence.store.rollup;

import java.util.Collection;
import java.util.List;

import dev.whence.model.ProjectId;

/**
 * Reads what was counted per minute. A minute that is settled, see
 * {@link MinuteListener}, equals what counting its stored signals gives; one that still
 * receives signals may be missing or lag behind. Times are event times. Every method
 * answers the oldest minutes first and is bounded by its limit: rows beyond it, the
 * newest, are left out.
 */
public interface RollupReader {

	/** Stands for operations and series beyond the number that is told apart. */
	String OTHER = "…";

	/** Which of the minutes hold data, and how much. */
	List<MinuteTotals> minutes(ProjectId project, Minutes minutes, int limit);

	/** What each operation did. */
	List<SpanRollup> spans(ProjectId project, Minutes minutes, int limit);

	/** What went from service to service. */
	List<EdgeRollup> edges(ProjectId project, Minutes minutes, int limit);

	/** What each service logged. */
	List<LogRollup> logs(ProjectId project, Minutes minutes, int limit);

	/** The metric series that had a point lately, the one with the latest point first. */
	List<SeriesKey> series(ProjectId project, int limit);

	/** The series with these ids; those of another project are ignored. */
	List<SeriesKey> series(ProjectId project, Collection<Long> series);

	/** What all series measured. */
	List<MetricRollup> metrics(ProjectId project, Minutes minutes, int limit);

	/**
	 * What some series measured.
	 * @param series their ids; those of another project are ignored
	 */
	List<MetricRollup> metrics(ProjectId project, Collection<Long> series, Minutes minutes, int limit);

	/** Who called whom, the most frequent call first. */
	List<Call> calls(ProjectId project, Minutes minutes, int limit);

}
