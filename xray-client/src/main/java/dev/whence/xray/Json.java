package dev.whence.xray;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON. Whatever an application hands in, what comes out is JSON: maps,
 * collections, arrays, numbers, booleans and texts as such, everything else as its text.
 * Numbers that JSON does not know are null, circles and depth end in a word, a collection
 * that throws ends where it throws, and a text that is too long is cut. Once an event has
 * used up its bytes, the rest of its members is left out and it says
 * {@code "truncated": true}; so what matters most comes first.
 */
final class Json {

	/** More levels than people nest, fewer than servers refuse. */
	static final int DEEPEST = 32;

	/** In characters. */
	static final int LONGEST_TEXT = 32 * 1024;

	/** In characters. */
	static final int LONGEST_NAME = 1024;

	/** Longer numbers are refused by readers. */
	private static final int MOST_DIGITS = 100;

	/** What one character takes at most: as an escape. */
	private static final int CHARACTER = 6;

	private static final char[] HEX = "0123456789abcdef".toCharArray();

	private final StringBuilder out = new StringBuilder(512);

	private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

	private long room;

	private boolean cut;

	private Json(int bytes) {
		this.room = bytes;
	}

	/**
	 * One event of the contract in UTF-8.
	 * @param bytes about the most that it may take; the frame around what was cut comes
	 * on top
	 */
	static byte[] event(String type, Map<String, @Nullable Object> data, int bytes) {
		Json json = new Json(bytes);
		json.raw("{\"type\":");
		json.text(type, LONGEST_TEXT);
		json.raw(",\"data\":{");
		int written = json.members(data, 1);
		if (json.cut) {
			json.raw((written > 0) ? ",\"truncated\":true" : "\"truncated\":true");
		}
		json.raw("}}");
		return json.out.toString().getBytes(StandardCharsets.UTF_8);
	}

	/** The text of any object, even of one that cannot tell it. */
	static String describe(@Nullable Object value) {
		try {
			String text = String.valueOf(value);
			return (text != null) ? text : "null";
		}
		catch (RuntimeException | StackOverflowError | AssertionError | LinkageError ex) {
			return "(unprintable " + ((value != null) ? value.getClass().getName() : "") + ")";
		}
	}

	private void value(@Nullable Object value, int depth) {
		if (value == null) {
			raw("null");
		}
		else if (value instanceof Boolean) {
			raw(value.toString());
		}
		else if (value instanceof Number number) {
			number(number);
		}
		else if (value instanceof Map<?, ?> || value instanceof Collection<?> || value.getClass().isArray()) {
			container(value, depth);
		}
		else {
			text(describe(value), LONGEST_TEXT);
		}
	}

	private void number(Number number) {
		if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte
				|| number instanceof AtomicInteger || number instanceof AtomicLong) {
			raw(Long.toString(number.longValue()));
		}
		else if (number instanceof Double || number instanceof Float) {
			raw(Double.isFinite(number.doubleValue()) ? number.toString() : "null");
		}
		else {
			String text = describe(number);
			boolean plain = number.getClass() == BigDecimal.class || number.getClass() == BigInteger.class;
			if (plain && text.length() <= MOST_DIGITS && Double.isFinite(number.doubleValue())) {
				raw(text);
			}
			else {
				text(text, LONGEST_TEXT);
			}
		}
	}

	private void container(Object container, int depth) {
		if (depth >= DEEPEST) {
			text("(too deep)", LONGEST_TEXT);
			return;
		}
		if (!this.open.add(container)) {
			text("(circle)", LONGEST_TEXT);
			return;
		}
		if (container instanceof Map<?, ?> map) {
			raw("{");
			members(map, depth + 1);
			raw("}");
		}
		else if (container instanceof Collection<?> collection) {
			elements(collection, depth + 1);
		}
		else {
			elements(new ArrayView(container), depth + 1);
		}
		this.open.remove(container);
	}

	/** As many as there is room for, each name once; says how many. */
	private int members(Map<?, ?> map, int depth) {
		Set<String> names = new HashSet<>();
		try {
			for (Map.Entry<?, ?> member : map.entrySet()) {
				String name = shortened(describe(member.getKey()), LONGEST_NAME);
				Object value = member.getValue();
				if (noRoomFor((long) CHARACTER * name.length())) {
					break;
				}
				if (names.add(name)) {
					raw((names.size() > 1) ? "," : "");
					text(name, LONGEST_NAME);
					raw(":");
					value(value, depth);
				}
			}
		}
		catch (RuntimeException ex) {
			// Only the application's own iteration throws, between two members.
			this.cut = true;
		}
		return names.size();
	}

	private void elements(Iterable<? extends @Nullable Object> elements, int depth) {
		boolean first = true;
		raw("[");
		try {
			for (Object element : elements) {
				if (noRoomFor(1)) {
					break;
				}
				raw(first ? "" : ",");
				value(element, depth);
				first = false;
			}
		}
		catch (RuntimeException ex) {
			this.cut = true;
		}
		raw("]");
	}

	private boolean noRoomFor(long bytes) {
		if (this.room > bytes) {
			return false;
		}
		this.cut = true;
		return true;
	}

	private String shortened(String text, int most) {
		if (text.length() <= most) {
			return text;
		}
		this.cut = true;
		return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
	}

	private void text(String whole, int most) {
		String text = shortened(whole, most);
		if (this.room > text.length() && isPlain(text)) {
			this.out.append('"').append(text).append('"');
			this.room -= text.length() + 2;
			return;
		}
		raw("\"");
		for (int at = 0; at < text.length(); at++) {
			if (noRoomFor(0)) {
				break;
			}
			char character = text.charAt(at);
			if (!Character.isSurrogate(character)) {
				character(character);
			}
			else if (Character.isHighSurrogate(character) && at + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(at + 1))) {
				this.out.append(character).append(text.charAt(++at));
				this.room -= 4;
			}
			else {
				// Half a character; UTF-8 has no form for it.
				character('\ufffd');
			}
		}
		raw("\"");
	}

	/** ASCII that needs no escape, as most texts are. */
	private static boolean isPlain(String text) {
		for (int at = 0; at < text.length(); at++) {
			char character = text.charAt(at);
			if (character < ' ' || character > '~' || character == '"' || character == '\\') {
				return false;
			}
		}
		return true;
	}

	private void character(char character) {
		switch (character) {
			case '"' -> raw("\\\"");
			case '\\' -> raw("\\\\");
			case '\n' -> raw("\\n");
			case '\r' -> raw("\\r");
			case '\t' -> raw("\\t");
			default -> {
				if (character < ' ') {
					raw("\\u00");
					this.out.append(HEX[character >> 4]).append(HEX[character & 0xf]);
					this.room -= 2;
				}
				else {
					this.out.append(character);
					this.room -= (character < 0x80) ? 1 : (character < 0x800) ? 2 : 3;
				}
			}
		}
	}

	/** ASCII as it is. */
	private void raw(String ascii) {
		this.out.append(ascii);
		this.room -= ascii.length();
	}

	/** An array of objects or of primitive values. */
	private record ArrayView(Object array) implements Iterable<@Nullable Object> {

		@Override
		public Iterator<@Nullable Object> iterator() {
			return IntStream.range(0, Array.getLength(this.array))
				.<@Nullable Object>mapToObj((place) -> Array.get(this.array, place))
				.iterator();
		}

	}

}
