package dev.whence.standalone.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;

/**
 * A process that starts the database, commits number after number and prints each once it
 * is acknowledged, until it is killed.
 */
final class CommittingProcess {

	private CommittingProcess() {
	}

	public static void main(String[] args) throws Exception {
		EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(args[0]));
		try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), "")) {
			connection.createStatement().execute("create table if not exists kept (number bigint primary key)");
			try (PreparedStatement insert = connection
				.prepareStatement("insert into kept select coalesce(max(number), 0) + 1 from kept returning number")) {
				while (true) {
					var answer = insert.executeQuery();
					answer.next();
					System.out.println(answer.getLong(1));
				}
			}
		}
	}

}
