package dev.whence.store;

import java.time.InstantSource;
import java.util.List;

import javax.sql.DataSource;

import dev.whence.store.commit.Commit;
import dev.whence.store.commit.SharedCommits;
import dev.whence.store.commit.TouchedMinutes;
import dev.whence.store.commit.WritingProperties;
import dev.whence.store.compact.Compactor;
import dev.whence.store.outbox.Outbox;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.partition.PartitionMaintenance;
import dev.whence.store.read.JdbcKeptSignals;
import dev.whence.store.read.JdbcRunReader;
import dev.whence.store.read.JdbcSignalReader;
import dev.whence.store.read.JdbcSignalSearch;
import dev.whence.store.retention.JdbcRetentionChoices;
import dev.whence.store.retention.Retention;
import dev.whence.store.retention.RetentionProperties;
import dev.whence.store.rollup.ExpiredRollups;
import dev.whence.store.rollup.RollupProperties;
import dev.whence.store.segment.ClosedSignals;
import dev.whence.store.table.Table;
import dev.whence.store.write.QueuedRunEventWriter;
import dev.whence.store.write.QueuedSignalWriter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
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
@EnableConfigurationProperties({ SignalStoreProperties.class, RetentionProperties.class, WritingProperties.class,
		RollupProperties.class })
public class SignalStoreConfiguration {

	@Bean
	SignalSchema signalSchema(JdbcConnectionDetails connection, SignalStoreProperties properties) {
		return new SignalSchema(connection, properties);
	}

	@Bean
	ClosedSignals closedSignals(JdbcClient jdbc, SignalSchema migrated) {
		return new ClosedSignals(jdbc);
	}

	@Bean
	SignalReader signalReader(JdbcClient jdbc, PlatformTransactionManager transactions, ClosedSignals closed) {
		TransactionTemplate connection = new TransactionTemplate(transactions);
		// Begins none, and yet keeps the connection.
		connection.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
		return new JdbcSignalReader(jdbc, new TransactionTemplate(transactions), connection, closed);
	}

	@Bean
	SignalSearch signalSearch(JdbcClient jdbc, PlatformTransactionManager transactions, ClosedSignals closed) {
		return new JdbcSignalSearch(jdbc, new TransactionTemplate(transactions), closed);
	}

	@Bean
	RunReader runReader(JdbcClient jdbc, SignalSchema migrated) {
		return new JdbcRunReader(jdbc);
	}

	@Bean
	KeptSignals keptSignals(JdbcClient jdbc, ClosedSignals closed) {
		return new JdbcKeptSignals(jdbc, closed);
	}

	@Bean
	Outbox outbox(JdbcClient jdbc, PlatformTransactionManager transactions, SignalSchema migrated) {
		return new Outbox(jdbc, new TransactionTemplate(transactions));
	}

	/** What the service that writes needs besides. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ProblemAnnouncer.class)
	static class Writing {

		@Bean
		Retention retention(RetentionProperties properties) {
			return new Retention(properties, Table.ALL);
		}

		@Bean
		RetentionChoices retentionChoices(JdbcClient jdbc, Retention retention, SignalSchema migrated) {
			return new JdbcRetentionChoices(jdbc, retention);
		}

		@Bean
		SignalPartitions signalPartitions(JdbcConnectionDetails connection, Retention retention,
				RollupProperties rollups, SignalSchema migrated) {
			PartitionMaintenance.Expiry rollupExpiry = (owner,
					now) -> new ExpiredRollups(owner, now.minus(rollups.kept())).delete();
			return new PartitionMaintenance(new OwnerConnection(connection), Table.ALL, retention, rollupExpiry,
					InstantSource.system());
		}

		@Bean
		SignalCompaction signalCompaction(JdbcConnectionDetails connection, SignalSchema migrated) {
			return new Compactor(new OwnerConnection(connection), InstantSource.system());
		}

		@Bean
		SharedCommits sharedCommits(DataSource dataSource, ProblemAnnouncer problems,
				ObjectProvider<MinuteAnnouncer> minutes, Retention retention, WritingProperties writing,
				RollupProperties rollups, SignalSchema migrated) {
			TouchedMinutes touched = new TouchedMinutes(minutes.getIfAvailable(() -> (_, _) -> List.of()), rollups,
					InstantSource.system());
			return new SharedCommits(new Commit(dataSource, retention, problems, touched, InstantSource.system()),
					writing);
		}

		@Bean
		SignalWriter signalWriter(SharedCommits commits) {
			return new QueuedSignalWriter(commits);
		}

		@Bean
		RunEventWriter runEventWriter(SharedCommits commits) {
			return new QueuedRunEventWriter(commits);
		}

	}

}
