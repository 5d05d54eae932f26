package dev.whence.standalone.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The database of the standalone keeps what it acknowledges. */
class EmbeddedDatabaseIT {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "fsync", "synchronous_commit", "full_page_writes" })
	void whatIsCommittedIsOnDisk(String setting) throws Exception {
		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.folder)) {
			assertThat(ask(database, "show " + setting)).isEqualTo("on");
		}
	}

	@Test
	void dataOutliveTheServer() throws Exception {
		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.folder);
				Connection connection = connect(database)) {
			connection.createStatement().execute("create table kept as select 42 as answer");
		}
		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.folder)) {
			assertThat(ask(database, "select answer from kept")).isEqualTo("42");
		}
	}

	private static String ask(EmbeddedDatabase database, String question) throws Exception {
		try (Connection connection = connect(database);
				ResultSet answer = connection.createStatement().executeQuery(question)) {
			answer.next();
			return answer.getString(1);
		}
	}

	private static Connection connect(EmbeddedDatabase database) throws Exception {
		return DriverManager.getConnection(database.jdbcUrl(), database.user(), "");
	}

}
