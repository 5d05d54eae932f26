package dev.whence.store.search;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.whence.store.column.JsonScan;
import dev.whence.store.column.JsonValues;
import dev.whence.store.column.Values;
import dev.whence.store.form.JsonText;
import org.jspecify.annotations.Nullable;

/** Reads one member of an object in JSON, as filters of segments have it. */
public final class JsonMember {

	/** Stands for an array or an object: it is there, and equals nothing. */
	static final String COMPOUND = new String("compound");

	private final String name;

	private final byte[] quoted;

	JsonMember(String name) {
		this.name = name;
		this.quoted = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * What a member says: a text without quotes, a number as it is written, true or
	 * false; null where there is no such member, or it is null.
	 */
	public @Nullable String of(byte @Nullable [] json) {
		if (json == null) {
			return null;
		}
		JsonScan members = new JsonScan();
		if (!members.read(json)) {
			return parsed(json);
		}
		byte[] value = null;
		for (int i = 0; i < members.size(); i++) {
			boolean named = members.isNamed(i, this.quoted);
			if (members.hasEscapedName(i) || (named && value != null)) {
				return parsed(json);
			}
			if (named) {
				value = members.value(i);
			}
		}
		return (value == null) ? null : JsonScan.isEscaped(value) ? parsed(json) : text(value);
	}

	/** The same of a row of a column. */
	public @Nullable String of(Values column, int row) {
		if (!(column instanceof JsonValues objects) || !objects.isApart()) {
			return of(column.get(row));
		}
		byte[] value = objects.member(row, this.quoted);
		return (value == null) ? null : JsonScan.isEscaped(value) ? of(column.get(row)) : text(value);
	}

	private static @Nullable String text(byte[] value) {
		return switch (value[0]) {
			case '"' -> new String(value, 1, value.length - 2, StandardCharsets.UTF_8);
			case '{', '[' -> COMPOUND;
			case 'n' -> null;
			default -> new String(value, StandardCharsets.UTF_8);
		};
	}

	private @Nullable String parsed(byte[] json) {
		try {
			Map<String, @Nullable Object> members = JsonText.read(json);
			Object value = members.get(this.name);
			return switch (value) {
				case null -> null;
				case String text -> text;
				case Number number -> number.toString();
				case Boolean truth -> truth.toString();
				default -> COMPOUND;
			};
		}
		catch (RuntimeException ex) {
			// What nobody can read has no attributes to be found by.
			return null;
		}
	}

}
