package dev.whence.testkit.postgres;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class PostgresConfiguration {

	@Bean
	TestDatabase testDatabase() {
		return PostgresServer.shared().newDatabase();
	}

	@Bean
	JdbcConnectionDetails testDatabaseConnectionDetails(TestDatabase database) {
		return new JdbcConnectionDetails() {
			@Override
			public String getJdbcUrl() {
				return database.jdbcUrl();
			}

			@Override
			public String getUsername() {
				return database.username();
			}

			@Override
			public String getPassword() {
				return database.password();
			}
		};
	}

}
