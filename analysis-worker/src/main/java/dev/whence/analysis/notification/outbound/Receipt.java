package dev.whence.analysis.notification.outbound;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** What came of sending a message once. */
public sealed interface Receipt {

	/** The HTTP status; null when there was no answer, or no HTTP. */
	@Nullable Integer status();

	/** One line for people. */
	String detail();

	/** The beginning of what the other end said. */
	@Nullable String response();

	/** The other end took it. */
	record Sent(@Nullable Integer status, String detail, @Nullable String response) implements Receipt {
	}

	/**
	 * It did not, but may later.
	 *
	 * @param after how long it wants to be left alone; null when it did not say
	 */
	record Failed(@Nullable Integer status, String detail, @Nullable String response,
			@Nullable Duration after) implements Receipt {

		static Failed because(String detail) {
			return new Failed(null, detail, null, null);
		}

		/** Whether the other end works, and only asks for less. */
		public boolean isThrottled() {
			return this.status != null && this.status == 429;
		}

	}

	/** It did not, and never will take this message. */
	record Refused(@Nullable Integer status, String detail, @Nullable String response) implements Receipt {

		static Refused because(String detail) {
			return new Refused(null, detail, null);
		}

	}

}
