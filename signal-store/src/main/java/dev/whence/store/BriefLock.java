package dev.whence.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes to tables that others write to all the time. Whoever waits for an exclusive
 * lock makes everybody after it wait too, so such a change waits a moment only, lets the
 * others pass and tries again.
 */
final class BriefLock {

	/** A tenth of what a sender waits for its commit. */
	private static final Duration WAIT = Duration.ofMillis(150);

	private static final int TRIES = 20;

	/** SQLSTATE lock_not_available. */
	private static final String NOT_AVAILABLE = "55P03";

	/** SQLSTATE deadlock_detected. */
	private static final String DEADLOCK = "40P01";

	private BriefLock() {
	}

	/** Lets no statement of the connection wait for locks from here on. */
	static void limitWaits(JdbcClient jdbc) {
		jdbc.sql("set lock_timeout = " + WAIT.toMillis()).update();
	}

	/** For what makes nobody else wait. */
	static void allowWaits(JdbcClient jdbc) {
		jdbc.sql("set lock_timeout = 0").update();
	}

	/**
	 * Does the work, which must be one statement, as soon as its locks are free.
	 * @throws DataAccessException when they have not been within some seconds
	 */
	static void attempt(Runnable work) {
		for (int tries = 1;; tries++) {
			try {
				work.run();
				return;
			}
			catch (DataAccessException ex) {
				if (tries == TRIES || !isTaken(ex)) {
					throw ex;
				}
				letPass();
			}
		}
	}

	private static boolean isTaken(DataAccessException ex) {
		return ex.getMostSpecificCause() instanceof SQLException cause
				&& (NOT_AVAILABLE.equals(cause.getSQLState()) || DEADLOCK.equals(cause.getSQLState()));
	}

	private static void letPass() {
		try {
			Thread.sleep(ThreadLocalRandom.current().nextLong(WAIT.toMillis()));
		}
		catch (InterruptedException _) {
			// The next wait will notice.
			Thread.currentThread().interrupt();
		}
	}

}
