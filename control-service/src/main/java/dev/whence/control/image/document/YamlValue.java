package dev.whence.control.image.document;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A value of a definition with the place where it stands. The kinds are those that
 * PyYAML's safe loader makes of YAML 1.1.
 */
public sealed interface YamlValue {

	/** Where it begins. */
	Place place();

	/** Nothing, however it is spelled. */
	record Null(Place place) implements YamlValue {
	}

	/** {@code yes} and {@code off} are such, too. */
	record Bool(boolean value, Place place) implements YamlValue {
	}

	/** Of any size; {@code 0755} is octal and {@code 22:22} sexagesimal. */
	record Int(BigInteger value, Place place) implements YamlValue {
	}

	/** A floating-point number. */
	record Real(double value, Place place) implements YamlValue {
	}

	/** A string. */
	record Text(String value, Place place) implements YamlValue {
	}

	/** A date without a time. */
	record Date(LocalDate value, Place place) implements YamlValue {
	}

	/** A date with a time, and with an offset if one was written. */
	record Moment(LocalDateTime value, @Nullable ZoneOffset offset, Place place) implements YamlValue {
	}

	/** Bytes that were written in base 64. */
	record Bytes(byte[] value, Place place) implements YamlValue {
	}

	/** A list. */
	record Sequence(List<YamlValue> items, Place place) implements YamlValue {

		public Sequence {
			items = List.copyOf(items);
		}

	}

	/** Keys with values, in the order of the text; a key is there once. */
	record Mapping(List<Entry> entries, Place place) implements YamlValue {

		public Mapping {
			entries = List.copyOf(entries);
		}

		/** The entry whose key is this string. */
		public Optional<Entry> entry(String key) {
			return this.entries.stream()
				.filter((entry) -> entry.key() instanceof Text text && text.value().equals(key))
				.findFirst();
		}

		/** The value of the key, if the key is there; it may be {@link Null}. */
		public Optional<YamlValue> get(String key) {
			return entry(key).map(Entry::value);
		}

	}

	/** One key and its value. */
	record Entry(YamlValue key, YamlValue value) {
	}

	/** Whether Python takes it for true. */
	default boolean isTruthy() {
		return switch (this) {
			case Null _ -> false;
			case Bool bool -> bool.value();
			case Int number -> number.value().signum() != 0;
			case Real number -> number.value() != 0;
			case Text text -> !text.value().isEmpty();
			case Date _, Moment _ -> true;
			case Bytes bytes -> bytes.value().length > 0;
			case Sequence list -> !list.items().isEmpty();
			case Mapping map -> !map.entries().isEmpty();
		};
	}

	/** What a person calls its kind. */
	default String kind() {
		return switch (this) {
			case Null _ -> "nothing";
			case Bool _ -> "a boolean";
			case Int _, Real _ -> "a number";
			case Text _ -> "a text";
			case Date _, Moment _ -> "a date";
			case Bytes _ -> "binary";
			case Sequence _ -> "a list";
			case Mapping _ -> "a mapping";
		};
	}

}
