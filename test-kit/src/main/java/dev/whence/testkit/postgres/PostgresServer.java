package dev.whence.testkit.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import dev.whence.testkit.ServerSource;

/**
 * A PostgreSQL server. The shared one starts with its first use, which takes one to two
 * seconds, and ends with the JVM.
 */
public final class PostgresServer {

	private final String host;

	private final int port;

	private final String username;

	private final String password;

	private final AtomicInteger databases = new AtomicInteger();

	PostgresServer(String host, int port, String username, String password) {
		this.host = host;
		this.port = port;
		this.username = username;
		this.password = password;
	}

	/** The one server of this JVM. */
	public static PostgresServer shared() {
		return Shared.SERVER;
	}

	/** Creates an empty database; it lives as long as the server. */
	public TestDatabase newDatabase() {
		String name = "test_" + this.databases.incrementAndGet();
		try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), this.username, this.password);
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("could not create a test database on " + this.host + ":" + this.port, ex);
		}
		return new TestDatabase(jdbcUrl(name), this.username, this.password);
	}

	private String jdbcUrl(String database) {
		return "jdbc:postgresql://%s:%d/%s".formatted(this.host, this.port, database);
	}

	private static final class Shared {

		static final PostgresServer SERVER = switch (ServerSource.current()) {
			case EMBEDDED -> EmbeddedPostgresSource.start();
			case CONTAINERS -> ContainerPostgresSource.start();
		};

	}

}
