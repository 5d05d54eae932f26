package dev.whence.testkit.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

@WithPostgres
@SpringJUnitConfig
class WithPostgresIT {

	@Autowired
	JdbcConnectionDetails details;

	@Autowired
	TestDatabase database;

	@Test
	void detailsNameTheContextsDatabase() {
		assertThat(this.details.getJdbcUrl()).isEqualTo(this.database.jdbcUrl());
	}

	@Test
	void serverIsPostgres18() throws SQLException {
		try (Connection connection = this.database.dataSource().getConnection()) {
			assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
		}
	}

	@Test
	void databasesDoNotSeeEachOthersTables() throws SQLException {
		execute(this.database, "create table only_here (id int)");
		TestDatabase other = PostgresServer.shared().newDatabase();
		assertThat(tables(this.database)).isEqualTo(1);
		assertThat(tables(other)).isZero();
	}

	private static void execute(TestDatabase database, String sql) throws SQLException {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static int tables(TestDatabase database) throws SQLException {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select count(*) from pg_tables where schemaname = 'public'")) {
			rows.next();
			return rows.getInt(1);
		}
	}

}
