package dev.whence.model;

import java.util.Locale;

/** The three kinds of telemetry; {@link #wireName()} is what the query API calls them. */
public enum SignalType {

	LOG, TRACE, METRIC;

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
