package dev.whence.support.health;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/** Asks PostgreSQL for a valid connection. */
class DatabaseCheck implements DependencyCheck {

	private static final int SECONDS = 2;

	private final DataSource dataSource;

	private final boolean required;

	DatabaseCheck(DataSource dataSource, boolean required) {
		this.dataSource = dataSource;
		this.required = required;
	}

	@Override
	public String name() {
		return "database";
	}

	@Override
	public boolean required() {
		return this.required;
	}

	@Override
	public void check() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			if (!connection.isValid(SECONDS)) {
				throw new SQLException("no answer within " + SECONDS + " s");
			}
		}
	}

}
