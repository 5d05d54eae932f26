package dev.whence.analysis.notification.route;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How much a channel hears of an incident, least first. */
public enum Strategy {

	/** Nothing. */
	NONE,

	/** That there is one, and that it came back. */
	NEW_ONLY,

	/** Everything that happens to it. */
	ALL_UPDATES;

	/** How the API spells it. */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** The strategy with this {@link #wireName()}, in any case. */
	public static Optional<Strategy> named(String text) {
		return Stream.of(values()).filter((strategy) -> strategy.wireName().equalsIgnoreCase(text)).findFirst();
	}

}
