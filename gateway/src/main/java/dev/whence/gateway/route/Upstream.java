package dev.whence.gateway.route;

import java.util.Locale;

/** A service behind the gateway; its {@link #id()} names its breaker and its bulkhead. */
enum Upstream {

	INGEST, QUERY, ANALYSIS, INSTRUMENTER, CONTROL;

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
