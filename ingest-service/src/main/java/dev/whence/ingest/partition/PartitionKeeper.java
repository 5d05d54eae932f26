package dev.whence.ingest.partition;

import dev.whence.store.SignalSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every hour whether partitions are missing; they are made a week ahead. */
@Component
@EnableScheduling
class PartitionKeeper {

	private static final Logger log = LoggerFactory.getLogger(PartitionKeeper.class);

	private final SignalSchema schema;

	private final JdbcClient jdbc;

	PartitionKeeper(SignalSchema schema, JdbcClient jdbc) {
		this.schema = schema;
		this.jdbc = jdbc;
	}

	@Scheduled(fixedRateString = "PT1H")
	void makePartitions() {
		try {
			this.schema.makePartitions(this.jdbc);
		}
		catch (RuntimeException ex) {
			// Rows fall into the default partition meanwhile; the next hour tries again.
			log.warn("Partitions could not be made: {}", ex.toString());
		}
	}

}
