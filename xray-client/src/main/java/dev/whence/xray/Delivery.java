package dev.whence.xray;

import java.time.Duration;

/** How one attempt to deliver a batch ended. */
sealed interface Delivery {

	/** The server took the batch, but for so many of its events. */
	record Accepted(int refused) implements Delivery {
	}

	/**
	 * The server refused events for what they are; sending them again is of no use.
	 *
	 * @param refused how many of them
	 */
	record Refused(int refused, String why) implements Delivery {
	}

	/** The server takes smaller batches only. */
	record TooLarge() implements Delivery {
	}

	/**
	 * The server is overloaded or not ready.
	 *
	 * @param after how long it asked to be left alone; zero when it did not say
	 */
	record Later(Duration after, String why) implements Delivery {
	}

	/** No answer; whether the server has the events is unknown. */
	record Unreachable(String why) implements Delivery {
	}

}
