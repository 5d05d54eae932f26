package dev.whence.control.build.webhook;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the table of deliveries small. */
@Component
@EnableScheduling
class DeliverySweep {

	private static final Logger log = LoggerFactory.getLogger(DeliverySweep.class);

	private final Deliveries deliveries;

	DeliverySweep(Deliveries deliveries) {
		this.deliveries = deliveries;
	}

	@Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
	void sweep() {
		try {
			this.deliveries.forgetOld();
		}
		catch (RuntimeException ex) {
			log.warn("Old deliveries of GitHub stay for another hour: {}", ex.toString());
		}
	}

}
