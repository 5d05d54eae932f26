package dev.whence.store.partition;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;

import org.postgresql.PGProperty;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Connects as the owner of the schema, outside of the pool: the services themselves may
 * only insert and read.
 */
public final class OwnerConnection {

	private static final Duration CONNECTING = Duration.ofSeconds(5);

	private final JdbcConnectionDetails details;

	public OwnerConnection(JdbcConnectionDetails details) {
		this.details = details;
	}

	/** Does the work on a connection of its own, each statement a transaction. */
	public void run(Duration longestStatement, Consumer<JdbcClient> work) {
		try (Connection owner = open(longestStatement)) {
			work.accept(JdbcClient.create(new SingleConnectionDataSource(owner, true)));
		}
		catch (SQLException ex) {
			throw new DataAccessResourceFailureException("the owner cannot connect", ex);
		}
	}

	/**
	 * A connection that the caller closes.
	 * @param longestStatement after which the server is taken for gone
	 */
	public Connection open(Duration longestStatement) throws SQLException {
		Properties properties = new Properties();
		PGProperty.USER.set(properties, this.details.getUsername());
		PGProperty.PASSWORD.set(properties, this.details.getPassword());
		PGProperty.CONNECT_TIMEOUT.set(properties, (int) CONNECTING.toSeconds());
		PGProperty.SOCKET_TIMEOUT.set(properties, (int) longestStatement.toSeconds());
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		return DriverManager.getConnection(this.details.getJdbcUrl(), properties);
	}

}
