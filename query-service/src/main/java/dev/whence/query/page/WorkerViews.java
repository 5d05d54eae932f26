package dev.whence.query.page;

import java.sql.SQLException;
import java.util.function.Supplier;

import org.springframework.jdbc.BadSqlGrammarException;

/**
 * The views of the schema {@code incidents}, which the analysis worker's migrations
 * define. Where the worker was never started there are none, and so there is nothing in
 * them.
 */
public final class WorkerViews {

	private static final String UNDEFINED_TABLE = "42P01";

	private WorkerViews() {
	}

	/** The answer of the query, or the other one where the worker has never been. */
	public static <T> T read(T otherwise, Supplier<T> query) {
		try {
			return query.get();
		}
		catch (BadSqlGrammarException ex) {
			if (ex.getRootCause() instanceof SQLException cause && UNDEFINED_TABLE.equals(cause.getSQLState())) {
				return otherwise;
			}
			throw ex;
		}
	}

}
