package dev.whence.testkit.postgres;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * An empty database that only its creator knows.
 *
 * @param jdbcUrl without credentials
 * @param username a superuser, so that migrations may create roles
 */
public record TestDatabase(String jdbcUrl, String username, String password) {

	/** Connections without a pool, for tests that run without Spring. */
	public DataSource dataSource() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(this.jdbcUrl);
		dataSource.setUser(this.username);
		dataSource.setPassword(this.password);
		return dataSource;
	}

}
