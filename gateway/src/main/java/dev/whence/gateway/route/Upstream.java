package dev.whence.gateway.route;

import java.util.Locale;

/** A service behind the gateway; its {@link #id()} names its breaker and its bulkhead. */
public enum Upstream {

	INGEST, QUERY, ANALYSIS, INSTRUMENTER, CONTROL;

	/** Its name in routes, metrics and problems. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
