package dev.whence.ingest.rejected;

import dev.whence.store.rejected.RejectedRecordWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes and drops the daily partitions of rejected records every hour. */
@Component
@EnableScheduling
class RejectedRecordKeeper {

	private static final Logger log = LoggerFactory.getLogger(RejectedRecordKeeper.class);

	private final RejectedRecordWriter records;

	RejectedRecordKeeper(RejectedRecordWriter records) {
		this.records = records;
	}

	@Scheduled(fixedRateString = "PT1H")
	void rotate() {
		try {
			this.records.rotate();
		}
		catch (RuntimeException ex) {
			// Rows fall into the default partition meanwhile; the next hour tries again.
			log.warn("The partitions of rejected records could not be renewed: {}", ex.toString());
		}
	}

}
