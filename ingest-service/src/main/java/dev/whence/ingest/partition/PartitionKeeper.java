package dev.whence.ingest.partition;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.whence.store.SignalCompaction;
import dev.whence.store.SignalPartitions;

/**
 * Sees to the partitions before the first signal comes, and every minute from then on.
 */
@Component
@EnableScheduling
class PartitionKeeper implements InitializingBean {

	private static final Logger log = LoggerFactory.getLogger(PartitionKeeper.class);

	private final SignalPartitions partitions;

	private final SignalCompaction compaction;

	PartitionKeeper(SignalPartitions partitions, SignalCompaction compaction) {
		this.partitions = partitions;
		this.compaction = compaction;
	}

	@Override
	public void afterPropertiesSet() {
		makeAhead();
	}

	@Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
	void makeAhead() {
		// Rows fall into a default partition until the next minute's attempt.
		attempt("make partitions", this.partitions::makeAhead);
	}

	// At a fixed rate, so that it gets a thread of its own; a second run finds the lock.
	@Scheduled(initialDelayString = "PT10S", fixedRateString = "PT1M")
	void deleteExpired() {
		attempt("delete old telemetry", this.partitions::deleteExpired);
	}

	@Scheduled(initialDelayString = "PT20S", fixedRateString = "PT1M")
	void indexClosedDays() {
		attempt("index days that are over", this.partitions::indexClosedDays);
	}

	/** Right behind the hour that an hour's rows stay open after their end. */
	@Scheduled(initialDelayString = "PT30S", fixedRateString = "PT1M")
	void closeWhatIsOver() {
		attempt("close what is over", this.compaction::closeWhatIsOver);
	}

	private static void attempt(String what, Runnable work) {
		try {
			work.run();
		}
		catch (DataAccessException ex) {
			log.warn("Could not {}, the next minute will try again: {}", what, ex.getMostSpecificCause().getMessage());
		}
	}

}
