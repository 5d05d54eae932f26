package dev.whence.store;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Offers the reader and the outbox to every service, and the writer to the one that says
 * what it announces.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
		"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration" })
@ConditionalOnBean(JdbcTemplate.class)
@EnableConfigurationProperties(SignalStoreProperties.class)
public class SignalStoreConfiguration {

	@Bean
	SignalSchema signalSchema(JdbcConnectionDetails connection, SignalStoreProperties properties) {
		return new SignalSchema(connection, properties);
	}

	@Bean
	SignalReader signalReader(JdbcClient jdbc, JsonMapper json, SignalSchema migrated) {
		return new JdbcSignalReader(jdbc, new JsonText(json));
	}

	@Bean
	Outbox outbox(JdbcClient jdbc, PlatformTransactionManager transactions, SignalSchema migrated) {
		return new Outbox(jdbc, new TransactionTemplate(transactions));
	}

	@Bean
	@ConditionalOnBean(ProblemAnnouncer.class)
	SignalWriter signalWriter(JdbcTemplate jdbc, PlatformTransactionManager transactions, Outbox outbox,
			ProblemAnnouncer announcer, JsonMapper json) {
		return new JdbcSignalWriter(jdbc, new TransactionTemplate(transactions), outbox, announcer, new JsonText(json));
	}

}
