package dev.whence.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

import dev.whence.model.Problem;
import dev.whence.model.ProjectId;

/**
 * One transaction for the calls of a group. It first copies everything in the hope that
 * all of it is new, which costs nothing but the copying. When a key exists already, it
 * rolls back, asks which ones do, and copies the others. Another writer may store some of
 * them in between; then it asks again. It asks for every key that a copy could stumble
 * over, so each further round means that somebody committed meanwhile.
 */
final class SignalCommit {

	private static final int MOST_ROUNDS = 20;

	/** Up to here one message costs less than COPY and its round trips (ADR 009). */
	private static final int FEW_ROWS = 100;

	/** COPY sends what is encoded as it is; one message needs it a second time. */
	private static final long FEW_BYTES = 512 * 1024;

	/** Below this share of known signals the next group is taken for new again. */
	private static final double MOSTLY_NEW = 0.1;

	private static final Set<String> LOST_A_RACE = Set.of("23505", "40P01", "40001");

	private static final SQLExceptionTranslator TRANSLATOR = new SQLStateSQLExceptionTranslator();

	private final DataSource dataSource;

	private final Retention retention;

	private final ProblemAnnouncer announcer;

	private final InstantSource clock;

	/** What the last group was like; a replay comes in many requests. */
	private volatile boolean replaying;

	SignalCommit(DataSource dataSource, Retention retention, ProblemAnnouncer announcer, InstantSource clock) {
		this.dataSource = dataSource;
		this.retention = retention;
		this.announcer = announcer;
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
				// Turning the transaction off would commit what was copied so far.
				rollBack(connection);
				throw ex;
			}
			finally {
				restore(connection, autoCommit);
			}
		}
		catch (SQLException ex) {
			DataAccessException translated = TRANSLATOR.translate("commit signals", null, ex);
			throw (translated != null) ? translated : new UncategorizedSQLException("commit signals", null, ex);
		}
	}

	private void run(Connection connection, List<PendingWrite> group) throws SQLException {
		if (this.replaying || this.retention.changedLately() || !storedAsNew(connection, group)) {
			copyWhatIsNew(connection, group);
		}
	}

	private boolean storedAsNew(Connection connection, List<PendingWrite> group) throws SQLException {
		List<CopyBatch> batches = group.stream().map(this::rows).toList();
		try {
			if (isSmall(group, batches) && SingleInsert.isPossible(connection)) {
				connection.setAutoCommit(true);
				SingleInsert.run(connection, batches, announcements(group));
			}
			else {
				connection.setAutoCommit(false);
				CopyBatch.copy(connection, batches);
				Outbox.append(connection, announcements(group));
				connection.commit();
			}
		}
		catch (SQLException ex) {
			rollBack(connection);
			if (LOST_A_RACE.contains(String.valueOf(ex.getSQLState()))) {
				return false;
			}
			throw ex;
		}
		for (PendingWrite write : group) {
			WriteOutcome[] outcomes = new WriteOutcome[write.submissions().size()];
			Arrays.fill(outcomes, WriteOutcome.STORED);
			write.outcomes().complete(Arrays.asList(outcomes));
		}
		return true;
	}

	private static boolean isSmall(List<PendingWrite> group, List<CopyBatch> batches) {
		int rows = 0;
		long bytes = 0;
		for (int i = 0; i < group.size(); i++) {
			rows += group.get(i).submissions().size();
			bytes += batches.get(i).size();
		}
		return rows <= FEW_ROWS && bytes <= FEW_BYTES;
	}

	private void copyWhatIsNew(Connection connection, List<PendingWrite> group) throws SQLException {
		connection.setAutoCommit(false);
		SignalGroup signals = SignalGroup.of(group);
		for (int round = 1;; round++) {
			try {
				KnownSignals known = KnownSignals.among(connection, signals);
				List<SignalGroup.Candidate> fresh = signals.without(known);
				if (!fresh.isEmpty()) {
					CopyBatch.copy(connection, List.of(encode(fresh)));
					Outbox.append(connection, announcementsOf(fresh));
				}
				connection.commit();
				this.replaying = fresh.size() < signals.candidates().size() * (1 - MOSTLY_NEW);
				signals.complete(known);
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
		return (rows != null) ? rows : encode(write.project(), write.submissions());
	}

	/** Encodes the rows of a call. */
	CopyBatch encode(ProjectId project, List<Submission> submissions) {
		SubmissionRows rows = new SubmissionRows(this.retention, EpochNanos.toLong(this.clock.instant()),
				submissions.size());
		for (Submission submission : submissions) {
			rows.add(project, submission);
		}
		return rows.batch();
	}

	private CopyBatch encode(List<SignalGroup.Candidate> fresh) {
		SubmissionRows rows = new SubmissionRows(this.retention, EpochNanos.toLong(this.clock.instant()), fresh.size());
		fresh.forEach((candidate) -> rows.add(candidate.project(), candidate.submission()));
		return rows.batch();
	}

	private List<OutboxMessage> announcements(List<PendingWrite> group) {
		Map<ProjectId, List<Problem>> problems = new HashMap<>();
		for (PendingWrite write : group) {
			for (Submission submission : write.submissions()) {
				addProblem(problems, write.project(), submission.problem());
			}
		}
		return announce(problems);
	}

	private List<OutboxMessage> announcementsOf(List<SignalGroup.Candidate> fresh) {
		Map<ProjectId, List<Problem>> problems = new HashMap<>();
		fresh.forEach((candidate) -> addProblem(problems, candidate.project(), candidate.submission().problem()));
		return announce(problems);
	}

	private static void addProblem(Map<ProjectId, List<Problem>> problems, ProjectId project,
			@Nullable Problem problem) {
		if (problem != null) {
			problems.computeIfAbsent(project, (_) -> new ArrayList<>()).add(problem);
		}
	}

	private List<OutboxMessage> announce(Map<ProjectId, List<Problem>> problems) {
		List<OutboxMessage> messages = new ArrayList<>();
		problems.forEach((project, found) -> messages.addAll(this.announcer.announce(project, found)));
		return messages;
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
