package dev.whence.analysis.schema;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Migrates the schema {@code incidents} on connections of its own: those of the pool end
 * each statement after a few seconds, and a migration of a large table takes longer.
 */
@Configuration(proxyBeanMethods = false)
class AnalysisSchema {

	@Bean
	FlywayConfigurationCustomizer unhurriedMigrations(JdbcConnectionDetails connection) {
		return (flyway) -> flyway.dataSource(connection.getJdbcUrl(), connection.getUsername(),
				connection.getPassword());
	}

}
