package dev.whence.store.table;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How a table is partitioned and when its rows are deleted. A day's partition is dropped
 * as a whole. What lies in a default partition, because its time was outside all days, is
 * deleted by the time it was stored: a sender whose clock lies, or who replays an old
 * recording, keeps its rows as long as everybody else.
 */
public sealed interface Lifetime {

	/** The column that the partitions of a day are made by. */
	Optional<TimeColumn> day();

	/** The column that says when a row was stored. */
	TimeColumn stored();

	/**
	 * Rows are kept for as many days as their project chose, in partitions of their own
	 * for each number of days.
	 * @param code the number under which choices are stored
	 */
	static Chosen chosen(int code) {
		return new Chosen(TimeColumn.nanos("time"), TimeColumn.nanos("received"), code, null, false);
	}

	/**
	 * Partitioned by the column {@code retention_days}, and below that by day.
	 *
	 * @param code the number under which projects' choices are stored; pinned by a test
	 * @param index what days that are over are searched by besides
	 * @param closing whether its rows become segments once their hour is over, for which
	 * it has partitions by the hour instead of by the day
	 */
	record Chosen(TimeColumn dayColumn, TimeColumn stored, int code, @Nullable Index index,
			boolean closing) implements Lifetime {

		@Override
		public Optional<TimeColumn> day() {
			return Optional.of(this.dayColumn);
		}

		/** The same, with an index once a day is over. */
		public Chosen searchedBy(String suffix, String columns) {
			return new Chosen(this.dayColumn, this.stored, this.code, new Index(suffix, columns), this.closing);
		}

		/** The same, but its rows become segments. */
		public Chosen closingByTheHour() {
			return new Chosen(this.dayColumn, this.stored, this.code, this.index, true);
		}

	}

	/**
	 * Holds what was closed of the signals: kept for as many days as those, in partitions
	 * like theirs.
	 */
	record AsSignals(TimeColumn dayColumn, TimeColumn stored) implements Lifetime {

		@Override
		public Optional<TimeColumn> day() {
			return Optional.of(this.dayColumn);
		}

	}

	/** Partitioned by day, each of which is kept for the same number of days. */
	record Days(TimeColumn stored, int days) implements Lifetime {

		@Override
		public Optional<TimeColumn> day() {
			return Optional.of(this.stored);
		}

	}

	/**
	 * Partitioned by day; rows are kept as long as any that they may belong to, which is
	 * the longest that any table keeps one.
	 */
	record AsLongestByDay(TimeColumn dayColumn, TimeColumn stored) implements Lifetime {

		@Override
		public Optional<TimeColumn> day() {
			return Optional.of(this.dayColumn);
		}

	}

	/** The same without partitions. */
	record AsLongest(TimeColumn stored) implements Lifetime {

		@Override
		public Optional<TimeColumn> day() {
			return Optional.empty();
		}

	}

	/**
	 * Without partitions; the column {@code retention_days} says for how many days a row
	 * is kept.
	 */
	record AsEachRow(TimeColumn stored) implements Lifetime {

		@Override
		public Optional<TimeColumn> day() {
			return Optional.empty();
		}

	}

	/**
	 * An index that a partition gets when its day is over.
	 *
	 * @param suffix of its name, after the partition's
	 */
	record Index(String suffix, String columns) {
	}

}
