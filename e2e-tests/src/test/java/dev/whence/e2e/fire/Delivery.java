package dev.whence.e2e.fire;

import java.util.List;

/**
 * One request, in bytes that are sent again and again until they are acknowledged.
 *
 * @param marks one per signal; each is part of the signal's text and of no other
 * @param troubles those of the signals that must become part of an incident
 */
record Delivery(Protocol protocol, String path, byte[] body, List<String> marks, List<Trouble> troubles) {

	/** How the answer says what became of the signals. */
	enum Protocol {

		NATIVE("application/json"), BATCH("application/json"), XRAY("application/json"), OTLP("application/x-protobuf");

		private final String contentType;

		Protocol(String contentType) {
			this.contentType = contentType;
		}

		String contentType() {
			return this.contentType;
		}

	}

	/**
	 * A signal of severity HIGH.
	 *
	 * @param trace 32 hexadecimal digits
	 */
	record Trouble(String mark, String trace) {
	}

}
