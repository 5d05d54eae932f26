package dev.whence.analysis.notification.delivery;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The life of a delivery. */
public enum DeliveryState {

	/** To be sent when it is due. */
	PENDING,

	/** Not to be sent now: maintenance, or too much was sent already. */
	HELD, SENT,

	/** Given up, or refused for good. */
	FAILED,

	/** Told together with others in a summary. */
	SUMMARISED,

	/** Told in the message before it, which had not been sent yet. */
	FOLDED,

	/** A later state of its incident was sent in its place. */
	SUPERSEDED;

	/** How the API spells it. */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The state with this {@link #wireName()}, in any case. */
	public static Optional<DeliveryState> named(String text) {
		return Stream.of(values()).filter((state) -> state.name().equalsIgnoreCase(text)).findFirst();
	}

}
