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
		maintain();
	}

	@Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
	void maintain() {
		try {
			this.partitions.maintain();
		}
		catch (DataAccessException ex) {
			// Rows fall into the default partition meanwhile; the next minute tries
			// again.
			log.warn("Partitions could not be maintained: {}", ex.getMostSpecificCause().getMessage());
		}
	}

}
