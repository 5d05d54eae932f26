package dev.whence.support.environment;

import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/**
 * Gives virtual threads enough threads to run on. A virtual thread that loads a class
 * keeps its carrier while it waits for a lock of a jar; with as many carriers as a small
 * machine has processors, a few first requests at once can hold all of them while the one
 * that has the lock finds none to go on. Seen on two processors, where everything then
 * stood still for good. Carriers without work cost nothing.
 */
class Carriers implements ApplicationListener<ApplicationStartingEvent> {

	private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

	/** More than start to load classes at the same time. */
	private static final int FEWEST = 32;

	@Override
	public void onApplicationEvent(ApplicationStartingEvent event) {
		if (System.getProperty(PARALLELISM) == null) {
			System.setProperty(PARALLELISM,
					String.valueOf(Math.max(FEWEST, Runtime.getRuntime().availableProcessors())));
		}
	}

}
