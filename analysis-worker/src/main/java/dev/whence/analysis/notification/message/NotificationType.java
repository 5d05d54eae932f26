package dev.whence.analysis.notification.message;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a message is about. */
public enum NotificationType {

	OPENED("opened"), ACKNOWLEDGED("acknowledged"), ESCALATED("escalated"), CAUSE_FOUND("cause found"),
	RESOLVED("resolved"),

	/** It was over and came back. */
	REGRESSED("regressed"),

	/** It turned out to be part of another one. */
	MERGED("merged"),

	/** What was held while nothing was to be sent. */
	SUMMARY("summary"),

	/** Somebody tries a channel out. */
	TEST("test");

	private final String words;

	NotificationType(String words) {
		this.words = words;
	}

	/** For people. */
	public String words() {
		return this.words;
	}

	/** Whether a message of this type is the first that somebody hears of new trouble. */
	public boolean opens() {
		return this == OPENED || this == ESCALATED || this == REGRESSED;
	}

	/** For programs, e.g. {@code incident.cause_found}. */
	@JsonValue
	public String wireName() {
		return "incident." + name().toLowerCase(Locale.ROOT);
	}

	/** The type with this {@link #wireName()}. */
	public static Optional<NotificationType> named(String text) {
		return Stream.of(values()).filter((type) -> type.wireName().equals(text)).findFirst();
	}

	@JsonCreator
	static NotificationType parse(String text) {
		return named(text).orElseThrow(() -> new IllegalArgumentException("there is no type " + text));
	}

}
