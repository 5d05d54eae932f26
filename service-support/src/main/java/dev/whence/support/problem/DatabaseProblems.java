package dev.whence.support.problem;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;

import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * A database that is down, restarting or overloaded is never our bug: it is 503, and the
 * client tries again. The SQLSTATE classes are those PostgreSQL documents: 08 connection,
 * 40 rollback, 53 resources, 55 lock not available, 57 operator intervention (including
 * cancelled statements), 58 system error.
 */
public final class DatabaseProblems implements ProblemTranslator {

	private static final String TRANSIENT_CLASSES = "08 40 53 55 57 58";

	/**
	 * PostgreSQL's "relation does not exist": the owner of the schema was never started.
	 */
	private static final String UNDEFINED_TABLE = "42P01";

	/** By its own limit of time, which every connection of ours has. */
	private static final String CANCELLED = "57014";

	/** A standby, or a server that is being handed over, takes no writes. */
	private static final String READ_ONLY = "25006";

	@Override
	public @Nullable ProblemException translate(Throwable failure) {
		if (!(failure instanceof DataAccessException) && !(failure instanceof TransactionException)
				&& !(failure instanceof SQLException)) {
			return null;
		}
		if (!isTransient(failure)) {
			return null;
		}
		return new ProblemException(ProblemCode.DEPENDENCY_UNAVAILABLE, tookTooLong(failure)
				? "The database had no time to finish this: try again, or ask for less, such as a shorter time range"
				: "The database does not answer; try again", List.of(), failure);
	}

	private static boolean tookTooLong(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql && CANCELLED.equals(sql.getSQLState())) {
				return true;
			}
		}
		return false;
	}

	/** Whether the same work may succeed later. */
	public static boolean isTransient(Throwable failure) {
		// A connection that broke cannot be rolled back either; why it broke counts.
		if (failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
			return isTransient(rollback.getApplicationException());
		}
		// Raised by ourselves, too, without a statement: a full queue, a late commit.
		if (failure instanceof TransientDataAccessException) {
			return true;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLTransientException) {
				return true;
			}
			if (cause instanceof SQLException sql && sql.getSQLState() != null) {
				String state = sql.getSQLState();
				return TRANSIENT_CLASSES.contains(state.substring(0, 2)) || state.equals(UNDEFINED_TABLE)
						|| state.equals(READ_ONLY);
			}
		}
		return false;
	}

}
