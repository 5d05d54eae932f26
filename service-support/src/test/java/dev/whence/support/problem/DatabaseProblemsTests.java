package dev.whence.support.problem;

import java.sql.SQLException;

import dev.whence.model.ProblemException;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseProblemsTests {

	private static final SQLException BROKEN = new SQLException("An I/O error occurred", "08006");

	private static final SQLException CLOSED = new SQLException("Connection is closed");

	@Test
	void brokenConnectionThatCannotBeRolledBackIsTransient() {
		TransactionSystemException rollback = new TransactionSystemException("JDBC rollback failed", CLOSED);
		rollback.initApplicationException(new DataAccessResourceFailureException("insert", BROKEN));
		assertThat(DatabaseProblems.isTransient(rollback)).isTrue();
	}

	@Test
	void mistakeStaysAMistakeWhateverBecameOfItsRollback() {
		TransactionSystemException rollback = new TransactionSystemException("JDBC rollback failed", BROKEN);
		rollback.initApplicationException(
				new DataIntegrityViolationException("insert", new SQLException("too long", "22001")));
		assertThat(DatabaseProblems.isTransient(rollback)).isFalse();
	}

	@Test
	void waitingInVainIsTransientThoughNoStatementFailed() {
		assertThat(DatabaseProblems.isTransient(new QueryTimeoutException("not confirmed in time"))).isTrue();
	}

	@Test
	void commitThatBrokeIsTransient() {
		assertThat(DatabaseProblems.isTransient(new TransactionSystemException("Could not commit", BROKEN))).isTrue();
	}

	@Test
	void aQuestionThatRanOutOfTimeIsNotCalledADatabaseThatIsAway() {
		DatabaseProblems problems = new DatabaseProblems();
		ProblemException late = problems.translate(new QueryTimeoutException("select",
				new SQLException("canceling statement due to statement timeout", "57014")));
		assertThat(late).isNotNull();
		assertThat(late.code().status()).isEqualTo(503);
		assertThat(late.detail()).contains("no time", "ask for less");
		ProblemException away = problems.translate(new DataAccessResourceFailureException("select", BROKEN));
		assertThat(away).isNotNull();
		assertThat(away.detail()).contains("does not answer");
	}

}
