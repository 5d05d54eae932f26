package dev.whence.query;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.run.RunEvent;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.SignalStoreConfiguration;
import dev.whence.store.RunEventWriter;
import dev.whence.store.RunSubmission;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.rejected.RejectedRecord;
import dev.whence.store.rejected.RejectedRecordConfiguration;
import dev.whence.store.rejected.RejectedRecordWriter;
import dev.whence.store.rollup.HourCounter;
import dev.whence.store.rollup.MinuteCounter;
import dev.whence.store.rollup.RollupConfiguration;
import dev.whence.testkit.postgres.TestDatabase;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What ingest does to the database before anybody asks: it makes the schema and writes,
 * in a context of its own with rights that the query service does not have.
 */
@TestConfiguration(proxyBeanMethods = false)
public class IngestSide {

	@Bean
	Telemetry telemetry(TestDatabase database) {
		AnnotationConfigApplicationContext ingest = new AnnotationConfigApplicationContext();
		ingest.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("ingest",
					Map.of("whence.signal-store.migrate", "true", "spring.datasource.url", database.jdbcUrl(),
							"spring.datasource.username", database.username(), "spring.datasource.password",
							database.password())));
		ingest.register(Writing.class);
		ingest.refresh();
		return new Telemetry(ingest);
	}

	/** Stores signals as ingest would have. */
	public static final class Telemetry implements AutoCloseable {

		private final ConfigurableApplicationContext ingest;

		Telemetry(ConfigurableApplicationContext ingest) {
			this.ingest = ingest;
		}

		public void store(ProjectId project, Signal... signals) {
			List<Submission> submissions = Stream.of(signals)
				.map((signal) -> new Submission(signal, null, true, signal.hashCode()))
				.toList();
			this.ingest.getBean(SignalWriter.class).write(project, submissions);
		}

		/** Tells of runs as their clients would have. */
		public void tell(ProjectId project, RunEvent... events) {
			this.ingest.getBean(RunEventWriter.class)
				.write(project, Stream.of(events).map((event) -> new RunSubmission(UUID.randomUUID(), event)).toList());
		}

		public void reject(ProjectId project, RejectedRecord... records) {
			this.ingest.getBean(RejectedRecordWriter.class).write(project, List.of(records));
		}

		/** Has minutes counted as the worker would have. */
		public void count(ProjectId project, Collection<Instant> minutes) {
			TransactionTemplate transaction = new TransactionTemplate(
					this.ingest.getBean(PlatformTransactionManager.class));
			MinuteCounter counter = this.ingest.getBean(MinuteCounter.class);
			minutes.forEach((minute) -> transaction.executeWithoutResult((_) -> counter.count(project, minute)));
		}

		/**
		 * Has the hours made that are over, as the worker would have some minutes later.
		 */
		public void makeHours() {
			this.ingest.getBean(JdbcClient.class)
				.sql("update signals.rollup_hour set touched_at = touched_at - interval '1 hour'")
				.update();
			TransactionTemplate transaction = new TransactionTemplate(
					this.ingest.getBean(PlatformTransactionManager.class));
			HourCounter hours = this.ingest.getBean(HourCounter.class);
			boolean made = true;
			while (made) {
				made = Boolean.TRUE.equals(transaction.execute((_) -> hours.makeOne()));
			}
		}

		/** Lets the worker be there. */
		public void sign() {
			this.ingest.getBean(HourCounter.class).sign();
		}

		@Override
		public void close() {
			this.ingest.close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
			JdbcClientAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
			JacksonAutoConfiguration.class, SignalStoreConfiguration.class, RejectedRecordConfiguration.class,
			RollupConfiguration.class })
	static class Writing {

		@Bean
		ProblemAnnouncer noAnnouncements() {
			return (_, _) -> List.of();
		}

	}

}
