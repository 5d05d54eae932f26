package dev.whence.store.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.WriteOutcome;
import dev.whence.store.copy.CopyBatch;
import dev.whence.store.form.EpochNanos;
import dev.whence.store.outbox.Outbox;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.store.retention.Retention;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/**
 * One transaction for the calls of a group. It first copies everything in the hope that
 * all of it is new, which costs nothing but the copying. When a key exists already, it
 * rolls back, asks which ones do, and copies the others. Another writer may store some of
 * them in between; then it asks again. It asks for every key that a copy could stumble
 * over, so each further round means that somebody committed meanwhile.
 */
public final class Commit {

	private static final int MOST_ROUNDS = 20;

	/** Up to here one message costs less than COPY and its round trips (ADR 009). */
	private static final int FEW_ROWS = 100;

	/** COPY sends what is encoded as it is; one message needs it a second time. */
	private static final long FEW_BYTES = 512 * 1024;

	/** Below this share of known signals the next group is taken for new again. */
	private static final double MOSTLY_NEW = 0.1;

	/** Unique violation: what a key would say if it reached into the segments. */
	private static final String CLOSED = "23505";

	private static final Set<String> LOST_A_RACE = Set.of(CLOSED, "40P01", "40001");

	private static final SQLExceptionTranslator TRANSLATOR = new SQLStateSQLExceptionTranslator();

	private final DataSource dataSource;

	private final Retention retention;

	private final ProblemAnnouncer announcer;

	private final TouchedMinutes minutes;

	private final InstantSource clock;

	/** What the last group was like; a replay comes in many requests. */
	private volatile boolean replaying;

	public Commit(DataSource dataSource, Retention retention, ProblemAnnouncer announcer, TouchedMinutes minutes,
			InstantSource clock) {
		this.dataSource = dataSource;
		this.retention = retention;
		this.announcer = announcer;
		this.minutes = minutes;
		this.clock = clock;
	}

	/**
	 * Whether what comes is likely to be known already, so that encoding it beforehand
	 * would be wasted.
	 */
	boolean isReplaying() {
		return this.replaying;
	}

	/** Whether the same write may succeed later. */
	static boolean isTransient(RuntimeException ex) {
		return ex instanceof TransientDataAccessException || ex instanceof DataAccessResourceFailureException;
	}

	/**
	 * Stores the calls and tells each its outcomes.
	 * @throws DataAccessException when nothing was stored, or, after a broken connection,
	 * when that is unknown
	 */
	void run(List<PendingWrite> group) {
		try (Connection connection = this.dataSource.getConnection()) {
			boolean autoCommit = connection.getAutoCommit();
			try {
				run(connection, group);
			}
			catch (RuntimeException | Error ex) {
				if (isOfDriver(ex)) {
					// It has lost its place in what the server says.
					connection.abort(Runnable::run);
					throw new DataAccessResourceFailureException("a connection was given up", ex);
				}
				// Turning the transaction off would commit what was copied so far.
				rollBack(connection);
				throw ex;
			}
			finally {
				restore(connection, autoCommit);
			}
		}
		catch (SQLException ex) {
			DataAccessException translated = TRANSLATOR.translate("commit rows", null, ex);
			throw (translated != null) ? translated : new UncategorizedSQLException("commit rows", null, ex);
		}
	}

	/**
	 * Whether the database's driver failed by a fault of its own, as it does when it
	 * reads what belongs to a question that was broken off.
	 */
	static boolean isOfDriver(Throwable failure) {
		for (StackTraceElement frame : failure.getStackTrace()) {
			if (frame.getClassName().startsWith("org.postgresql.")) {
				return true;
			}
			if (frame.getClassName().startsWith("dev.whence.")) {
				return false;
			}
		}
		return false;
	}

	private void run(Connection connection, List<PendingWrite> group) throws SQLException {
		if (this.replaying || this.retention.changedLately() || !storedAsNew(connection, group)) {
			copyWhatIsNew(connection, group);
		}
	}

	private boolean storedAsNew(Connection connection, List<PendingWrite> group) throws SQLException {
		List<CopyBatch> batches = group.stream().map(this::rows).toList();
		CommitNews news = new CommitNews(this.announcer, this.minutes);
		for (PendingWrite write : group) {
			write.bundles().forEach((bundle) -> bundle.announceTo(news));
		}
		ClosedEntries old = ClosedEntries.among(group.stream().flatMap((write) -> write.bundles().stream())::iterator,
				this.clock.instant());
		try {
			if (old.isEmpty() && isSmall(group, batches) && SingleInsert.isPossible(connection)) {
				connection.setAutoCommit(true);
				SingleInsert.run(connection, batches, news.messages());
			}
			else {
				connection.setAutoCommit(false);
				CopyBatch.copy(connection, batches);
				if (!old.known(connection).isEmpty()) {
					rollBack(connection);
					return false;
				}
				Outbox.append(connection, news.messages());
				connection.commit();
			}
			announceLate(connection, news);
		}
		catch (SQLException ex) {
			rollBack(connection);
			if (LOST_A_RACE.contains(String.valueOf(ex.getSQLState()))) {
				return false;
			}
			throw ex;
		}
		for (PendingWrite write : group) {
			WriteOutcome[] outcomes = new WriteOutcome[write.bundles().size()];
			Arrays.fill(outcomes, WriteOutcome.STORED);
			write.outcomes().complete(Arrays.asList(outcomes));
		}
		return true;
	}

	private static boolean isSmall(List<PendingWrite> group, List<CopyBatch> batches) {
		int rows = 0;
		long bytes = 0;
		for (int i = 0; i < group.size(); i++) {
			rows += group.get(i).bundles().size();
			bytes += batches.get(i).size();
		}
		return rows <= FEW_ROWS && bytes <= FEW_BYTES;
	}

	private void copyWhatIsNew(Connection connection, List<PendingWrite> group) throws SQLException {
		connection.setAutoCommit(false);
		EntryGroup entries = EntryGroup.of(group);
		for (int round = 1;; round++) {
			try {
				KnownEntries known = KnownEntries.among(connection, entries.candidates(), this.clock.instant());
				List<Bundle> fresh = entries.without(known);
				CommitNews news = new CommitNews(this.announcer, this.minutes);
				if (!fresh.isEmpty()) {
					fresh.forEach((bundle) -> bundle.announceTo(news));
					CopyBatch.copy(connection, List.of(encode(fresh)));
					if (!ClosedEntries.among(fresh, this.clock.instant()).known(connection).isEmpty()) {
						rollBack(connection);
						throw new SQLException("closed while it was looked for", CLOSED);
					}
					Outbox.append(connection, news.messages());
				}
				connection.commit();
				announceLate(connection, news);
				this.replaying = fresh.size() < entries.candidates().size() * (1 - MOSTLY_NEW);
				entries.complete(known);
				return;
			}
			catch (SQLException ex) {
				rollBack(connection);
				if (round == MOST_ROUNDS || !LOST_A_RACE.contains(String.valueOf(ex.getSQLState()))) {
					throw ex;
				}
			}
		}
	}

	private CopyBatch rows(PendingWrite write) {
		CopyBatch rows = write.rows();
		return (rows != null) ? rows : encode(write.bundles());
	}

	/** Encodes the rows of a call. */
	CopyBatch encode(List<Bundle> bundles) {
		Stamp stamp = new Stamp(EpochNanos.toLong(this.clock.instant()), this.retention);
		CopyBatch batch = new CopyBatch(bundles.size());
		bundles.forEach((bundle) -> bundle.addTo(batch, stamp));
		return batch;
	}

	private static void announceLate(Connection connection, CommitNews news) throws SQLException {
		List<OutboxMessage> messages = news.committed();
		if (!messages.isEmpty()) {
			Outbox.append(connection, messages);
			if (!connection.getAutoCommit()) {
				connection.commit();
			}
		}
	}

	private static void rollBack(Connection connection) {
		try {
			if (!connection.getAutoCommit()) {
				connection.rollback();
			}
		}
		catch (SQLException _) {
			// A broken connection rolls back by itself; the first failure says why.
		}
	}

	private static void restore(Connection connection, boolean autoCommit) {
		try {
			connection.setAutoCommit(autoCommit);
		}
		catch (SQLException _) {
			// The pool replaces a broken connection.
		}
	}

}
