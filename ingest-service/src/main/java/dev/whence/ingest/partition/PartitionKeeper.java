package dev.whence.ingest.partition;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.whence.store.SignalPartitions;

/**
 * Sees to the partitions before the first signal comes, and every minute from then on.
 */
@Component
@EnableScheduling
class PartitionKeeper implements InitializingBean {

	private static final Logger log = LoggerFactory.getLogger(PartitionKeeper.class);

	private final SignalPartitions partitions;

	PartitionKeeper(SignalPartitions partitions) {
		this.partitions = partitions;
	}

	@Override
	public void afterPropertiesSet() {
		makeAhead();
	}

	@Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
	void makeAhead() {
		try {
			this.partitions.makeAhead();
		}
		catch (DataAccessException ex) {
			// Rows fall into the default partition until the next minute's attempt.
			log.warn("Partitions could not be made: {}", ex.getMostSpecificCause().getMessage());
		}
	}

	// At a fixed rate, so that it gets a thread of its own. A second run finds the lock
	// of
	// the first one, if that is not done.
	@Scheduled(initialDelayString = "PT10S", fixedRateString = "PT1M")
	void endExpired() {
		try {
			this.partitions.endExpired();
		}
		catch (DataAccessException ex) {
			log.warn("Old telemetry could not be ended: {}", ex.getMostSpecificCause().getMessage());
		}
	}

	@Scheduled(initialDelayString = "PT20S", fixedRateString = "PT1M")
	void indexClosedDays() {
		try {
			this.partitions.indexClosedDays();
		}
		catch (DataAccessException ex) {
			log.warn("Days that are over could not be indexed: {}", ex.getMostSpecificCause().getMessage());
		}
	}

}
