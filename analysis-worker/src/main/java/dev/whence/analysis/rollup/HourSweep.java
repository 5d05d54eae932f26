package dev.whence.analysis.rollup;

import dev.whence.store.rollup.HourCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes hours of minutes that have become quiet, and leaves word that minutes are being
 * counted at all.
 */
@Component
class HourSweep {

	private static final Logger log = LoggerFactory.getLogger(HourSweep.class);

	/** In one sweep; an hour with very many operations takes a second. */
	private static final int MOST = 20;

	private final HourCounter hours;

	private final TransactionOperations transactions;

	HourSweep(HourCounter hours, TransactionOperations transactions) {
		this.hours = hours;
		this.transactions = transactions;
	}

	/** As often as the query side takes for granted, see its {@code Freshness}. */
	@Scheduled(initialDelayString = "PT1S", fixedDelayString = "PT30S")
	void sweep() {
		try {
			int made = 0;
			do {
				this.hours.sign();
			}
			while (makeOne() && ++made < MOST);
		}
		catch (RuntimeException ex) {
			log.warn("Hours could not be made, the next sweep will try again: {}", ex.toString());
		}
	}

	// Each by itself: what is made stays made.
	private boolean makeOne() {
		return Boolean.TRUE.equals(this.transactions.execute((_) -> this.hours.makeOne()));
	}

}
