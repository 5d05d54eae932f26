package dev.whence.store;

/**
 * Turns telemetry whose hour is over into columns, which take a fraction of the room.
 * Nothing is seen of it but that: what was stored is found as before.
 */
public interface SignalCompaction {

	/**
	 * Closes the hours that are over and what came too late for its hour, unless another
	 * replica is doing that; what is little waits for more, for some hours. May take
	 * long.
	 * @return how many signals were closed
	 * @throws org.springframework.dao.DataAccessException when the database does not
	 * answer; what was closed before stays closed, and the next call goes on
	 */
	long closeWhatIsOver();

}
