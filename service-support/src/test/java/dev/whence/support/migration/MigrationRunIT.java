package dev.whence.support.migration;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.whence.testkit.postgres.PostgresServer;
import dev.whence.testkit.postgres.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MigrationRunIT {

	private static final String LOGIN = "services of \"tests\"";

	private final TestDatabase database = PostgresServer.shared().newDatabase();

	private final List<Integer> exits = new ArrayList<>();

	@BeforeEach
	void aLoginWithoutRights() throws SQLException {
		asOwner("create role \"services of \"\"tests\"\"\" login password 'test'");
	}

	@AfterEach
	void rolesBelongToTheWholeServer() throws SQLException {
		asOwner("drop owned by \"services of \"\"tests\"\"\"");
		asOwner("drop role \"services of \"\"tests\"\"\"");
		asOwner("drop schema if exists shelf cascade");
		asOwner("drop role if exists shelf_reader_of_tests");
	}

	@Test
	void migratesItsSchemasAndEnds() throws SQLException {
		run(Map.of("whence.migration.only", "true", "whence.migration.schemas", "shelf"));
		assertThat(this.exits).containsExactly(0);
		asOwner("insert into shelf.book (title) values ('one')");
	}

	@Test
	void runsAgainWithoutHarm() throws SQLException {
		Map<String, String> settings = Map.of("whence.migration.only", "true", "whence.migration.schemas", "shelf",
				"whence.migration.grant-to", LOGIN);
		run(settings);
		asOwner("insert into shelf.book (title) values ('kept')");
		run(settings);
		assertThat(this.exits).containsExactly(0, 0);
		assertThatCode(() -> asLogin("update shelf.book set title = 'read' where title = 'kept'"))
			.doesNotThrowAnyException();
	}

	@Test
	void theLoginOfTheServicesChangesRowsAndNothingElse() throws SQLException {
		run(Map.of("whence.migration.only", "true", "whence.migration.schemas", "shelf", "whence.migration.grant-to",
				LOGIN));
		asLogin("insert into shelf.book (title) values ('one')");
		asLogin("delete from shelf.book");
		assertRefused("alter table shelf.book add column page integer");
		assertRefused("create table shelf.other (id integer)");
		assertRefused("delete from shelf.flyway_schema_history");
	}

	@Test
	void rolesOfTheSchemaStandInForRights() throws SQLException {
		run(Map.of("whence.migration.only", "true", "whence.migration.schemas", "shelf", "whence.migration.roles",
				"shelf_reader_of_tests", "whence.migration.grant-to", LOGIN));
		asLogin("select * from shelf.book");
		assertRefused("insert into shelf.book (title) values ('one')");
	}

	@Test
	void nothingHappensUnlessItIsAskedFor() {
		run(Map.of("whence.migration.schemas", "shelf"));
		assertThat(this.exits).isEmpty();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> asOwner("select * from shelf.book"));
	}

	@Test
	void aServiceWithoutSchemasSaysSo() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> run(Map.of("whence.migration.only", "true")))
			.withMessageContaining("owns no schema");
		assertThat(this.exits).isEmpty();
	}

	@Test
	void theLoginIsToldWithoutItsPassword() {
		assertThat(new Login("jdbc:postgresql://db/whence", "owner", "secret")).asString()
			.contains("owner")
			.doesNotContain("secret");
	}

	private void run(Map<String, String> settings) {
		GenericApplicationContext context = new GenericApplicationContext();
		Map<String, Object> properties = new HashMap<>(settings);
		properties.put("spring.datasource.url", this.database.jdbcUrl());
		properties.put("spring.datasource.username", this.database.username());
		properties.put("spring.datasource.password", this.database.password());
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
		new MigrationRun(this.exits::add)
			.onApplicationEvent(new ApplicationPreparedEvent(new SpringApplication(), new String[0], context));
	}

	private void assertRefused(String sql) {
		assertThatExceptionOfType(SQLException.class).as(sql)
			.isThrownBy(() -> asLogin(sql))
			.satisfies((refused) -> assertThat(refused.getSQLState()).isEqualTo("42501"));
	}

	private void asOwner(String sql) throws SQLException {
		execute(this.database.username(), this.database.password(), sql);
	}

	private void asLogin(String sql) throws SQLException {
		execute(LOGIN, "test", sql);
	}

	private void execute(String user, String password, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.database.jdbcUrl(), user, password);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
