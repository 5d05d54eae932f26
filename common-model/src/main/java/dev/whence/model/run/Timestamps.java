package dev.whence.model.run;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import dev.whence.model.Iso8601;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of clients, which are echoed as they came. A time without a zone is
 * UTC.
 */
public final class Timestamps {

	private Timestamps() {
	}

	/** Where a text stands among others. */
	static Place place(@Nullable String text) {
		return new Place(parse(text).orElse(Instant.MAX), text);
	}

	/** The instant that an ISO 8601 text names; empty when it names none. */
	public static Optional<Instant> parse(@Nullable String text) {
		return Optional.ofNullable((text != null) ? Iso8601.parse(text.strip()) : null);
	}

	/** What can be read by its time, then the rest by its text, then what is missing. */
	record Place(Instant time, @Nullable String text) implements Comparable<Place> {

		@Override
		public int compareTo(Place other) {
			int byTime = this.time.compareTo(other.time);
			if (byTime != 0 || Objects.equals(this.text, other.text)) {
				return byTime;
			}
			if (this.text == null) {
				return 1;
			}
			return (other.text == null) ? -1 : this.text.compareTo(other.text);
		}

	}

}
