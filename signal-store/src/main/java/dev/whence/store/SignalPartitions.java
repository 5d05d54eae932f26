package dev.whence.store;

/**
 * What keeps the tables in order as the days go by. Every method is safe to call from
 * every replica at once.
 */
public interface SignalPartitions {

	/**
	 * Follows what projects chose to keep and makes the partitions of the coming days.
	 * What is written before its partition could be made lies in a default partition.
	 * @throws org.springframework.dao.DataAccessException when the database does not
	 * answer or somebody holds a lock for long; the next call goes on
	 */
	void makeAhead();

	/**
	 * Drops and deletes what has been kept long enough, unless another replica is doing
	 * that.
	 * @throws org.springframework.dao.DataAccessException when the database does not
	 * answer; the next call goes on
	 */
	void deleteExpired();

	/**
	 * Indexes the days that are over, unless another replica is doing that. May take
	 * long, and waits for whoever reads.
	 * @throws org.springframework.dao.DataAccessException when the database does not
	 * answer; the next call goes on
	 */
	void indexClosedDays();

}
