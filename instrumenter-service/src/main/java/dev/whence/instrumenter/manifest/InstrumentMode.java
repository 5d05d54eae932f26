package dev.whence.instrumenter.manifest;

import java.util.Locale;
import java.util.Optional;

/** What to do with a manifest. */
public enum InstrumentMode {

	/** Annotate pod templates for the OpenTelemetry Operator. */
	OPERATOR("operator"),
	/** Put the agent in by init container, volume and environment; no operator needed. */
	OPERATOR_FREE("operator-free"),
	/** Report only. */
	LINT("lint"),
	/** Take away exactly what this service added. */
	REMOVE("remove");

	private final String id;

	InstrumentMode(String id) {
		this.id = id;
	}

	public String id() {
		return this.id;
	}

	public static Optional<InstrumentMode> parse(String name) {
		return switch (name.strip().toLowerCase(Locale.ROOT)) {
			case "operator", "otel" -> Optional.of(OPERATOR);
			case "operator-free", "operator_free", "initcontainer" -> Optional.of(OPERATOR_FREE);
			case "lint" -> Optional.of(LINT);
			case "remove" -> Optional.of(REMOVE);
			default -> Optional.empty();
		};
	}

}
