package dev.whence.store.partition;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes to tables that others write to all the time. Whoever waits for an exclusive
 * lock makes everybody after it wait too, so such a change waits a moment only, lets the
 * others pass and tries again.
 */
public final class BriefLock {

	/** A tenth of what a sender waits for its commit. */
	public static final Duration WAIT = Duration.ofMillis(150);

	/**
	 * A vacuum that stands in the way is cancelled by PostgreSQL itself, once somebody
	 * has waited for {@code deadlock_timeout}, which is a second.
	 */
	public static final Duration LONG_WAIT = Duration.ofMillis(1100);

	private static final int TRIES = 8;

	/** SQLSTATEs lock_not_available and deadlock_detected. */
	private static final Set<String> TAKEN = Set.of("55P03", "40P01");

	private BriefLock() {
	}

	/**
	 * Does the work, which must be one statement, as soon as its locks are free. Every
	 * fourth time it waits long enough to end a vacuum.
	 * @throws DataAccessException when they have not been within some seconds
	 */
	public static void attempt(JdbcClient jdbc, Runnable work) {
		for (int tries = 1;; tries++) {
			limitWaits(jdbc, (tries % 4 == 0) ? LONG_WAIT : WAIT);
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

	/** How long a statement of the connection waits for a lock from here on. */
	public static void limitWaits(JdbcClient jdbc, Duration longest) {
		jdbc.sql("set lock_timeout = " + longest.toMillis()).update();
	}

	private static boolean isTaken(DataAccessException ex) {
		return ex.getMostSpecificCause() instanceof SQLException cause && isTaken(cause);
	}

	/** Whether a statement failed because somebody else had the lock. */
	public static boolean isTaken(SQLException ex) {
		return TAKEN.contains(String.valueOf(ex.getSQLState()));
	}

	/** Waits a moment in which others get their turn. */
	public static void letPass() {
		try {
			Thread.sleep(ThreadLocalRandom.current().nextLong(WAIT.toMillis()));
		}
		catch (InterruptedException _) {
			// The next wait will notice.
			Thread.currentThread().interrupt();
		}
	}

}
