package dev.whence.store.rejected;

import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.SignalSchema;
import dev.whence.store.SignalStoreConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Offers reading and writing of rejected records to the services that ask for it. */
@AutoConfiguration(after = SignalStoreConfiguration.class)
@ConditionalOnBean(SignalSchema.class)
public class RejectedRecordConfiguration {

	@Bean
	RejectedRecordReader rejectedRecordReader(JdbcClient jdbc, SignalSchema migrated) {
		return new RejectedRecordReader(jdbc);
	}

	@Bean
	@ConditionalOnBean(ProblemAnnouncer.class)
	RejectedRecordWriter rejectedRecordWriter(JdbcClient jdbc, SignalSchema migrated) {
		return new RejectedRecordWriter(jdbc);
	}

}
