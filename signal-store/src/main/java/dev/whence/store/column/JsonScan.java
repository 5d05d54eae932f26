package dev.whence.store.column;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the members of a JSON object on its first level, without looking into their
 * values and without copying them. Can be used again and again, by one thread at a time.
 */
public final class JsonScan {

	/** So many names are compared one by one, which takes less than hashing them. */
	private static final int FEW = 16;

	private byte[] json = {};

	private int size;

	/**
	 * For each member where its name begins and ends, quotes included, and where its
	 * value ends, which begins behind the colon.
	 */
	private int[] places = new int[3 * FEW];

	/**
	 * Takes an object apart.
	 * @return whether its members can be put together again as they were: there is no
	 * white space between the tokens, and it is an object
	 */
	public boolean read(byte[] json) {
		this.json = json;
		this.size = 0;
		if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
			return false;
		}
		int end = json.length - 1;
		int i = 1;
		while (i < end) {
			int colon = endOfString(json, i, end);
			if (colon < 0 || colon >= end || json[colon] != ':') {
				return false;
			}
			int comma = endOfValue(json, colon + 1, end);
			if (comma <= colon + 1 || (comma < end && (json[comma] != ',' || comma + 1 == end))) {
				return false;
			}
			add(i, colon, comma);
			i = comma + 1;
		}
		return true;
	}

	private void add(int nameFrom, int nameTo, int valueTo) {
		int next = 3 * this.size;
		if (next == this.places.length) {
			this.places = Arrays.copyOf(this.places, 2 * next);
		}
		this.places[next] = nameFrom;
		this.places[next + 1] = nameTo;
		this.places[next + 2] = valueTo;
		this.size++;
	}

	/** How many members there are. */
	public int size() {
		return this.size;
	}

	int nameFrom(int member) {
		return this.places[3 * member];
	}

	int nameTo(int member) {
		return this.places[3 * member + 1];
	}

	int valueFrom(int member) {
		return nameTo(member) + 1;
	}

	int valueTo(int member) {
		return this.places[3 * member + 2];
	}

	/**
	 * Whether a member has this name.
	 * @param name with its quotes
	 */
	public boolean isNamed(int member, byte[] name) {
		return Arrays.equals(this.json, nameFrom(member), nameTo(member), name, 0, name.length);
	}

	/** Whether a name is written with an escape. */
	public boolean hasEscapedName(int member) {
		return isEscaped(this.json, nameFrom(member), nameTo(member));
	}

	/** Whether a name or a value is written with an escape. */
	public static boolean isEscaped(byte[] token) {
		return isEscaped(token, 0, token.length);
	}

	private static boolean isEscaped(byte[] json, int from, int to) {
		for (int i = from; i < to; i++) {
			if (json[i] == '\\') {
				return true;
			}
		}
		return false;
	}

	/** A value as it is written. */
	public byte[] value(int member) {
		return Arrays.copyOfRange(this.json, valueFrom(member), valueTo(member));
	}

	/** A name as it is written, with its quotes. */
	public byte[] name(int member) {
		return Arrays.copyOfRange(this.json, nameFrom(member), nameTo(member));
	}

	/** Whether a name is there twice. */
	boolean hasTwins() {
		if (this.size > FEW) {
			Set<Bytes> names = new HashSet<>();
			for (int member = 0; member < this.size; member++) {
				if (!names.add(new Bytes(name(member)))) {
					return true;
				}
			}
			return false;
		}
		for (int member = 1; member < this.size; member++) {
			for (int other = 0; other < member; other++) {
				if (Arrays.equals(this.json, nameFrom(member), nameTo(member), this.json, nameFrom(other),
						nameTo(other))) {
					return true;
				}
			}
		}
		return false;
	}

	private static int endOfString(byte[] json, int from, int end) {
		if (json[from] != '"') {
			return -1;
		}
		for (int i = from + 1; i < end; i++) {
			if (json[i] == '\\') {
				i++;
			}
			else if (json[i] == '"') {
				return i + 1;
			}
		}
		return -1;
	}

	// The first comma outside of strings, arrays and objects.
	private static int endOfValue(byte[] json, int from, int end) {
		int depth = 0;
		int i = from;
		while (i < end) {
			switch (json[i]) {
				case '"' -> {
					i = endOfString(json, i, end);
					if (i < 0) {
						return -1;
					}
					continue;
				}
				case '[', '{' -> depth++;
				case ']', '}' -> depth--;
				case ',' -> {
					if (depth == 0) {
						return i;
					}
				}
				default -> {
				}
			}
			if (depth < 0) {
				return -1;
			}
			i++;
		}
		return (depth == 0) ? end : -1;
	}

}
