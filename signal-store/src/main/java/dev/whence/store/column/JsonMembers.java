package dev.whence.store.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object taken apart on its first level, without looking into its values: names
 * and values as they are written.
 *
 * @param names with their quotes, each once
 * @param values as many as names
 */
public record JsonMembers(List<Bytes> names, List<byte[]> values) {

	/** So many names are compared one by one, which takes less than hashing them. */
	private static final int FEW = 16;

	/**
	 * Takes an object apart. What could not be put together again as it was is left
	 * whole: white space between the tokens, a name that is there twice, anything that is
	 * no object.
	 */
	public static @Nullable JsonMembers of(byte[] json) {
		if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
			return null;
		}
		List<Bytes> names = new ArrayList<>();
		List<byte[]> values = new ArrayList<>();
		Set<Bytes> many = new HashSet<>();
		int end = json.length - 1;
		int i = 1;
		while (i < end) {
			int colon = endOfString(json, i, end);
			if (colon < 0 || colon >= end || json[colon] != ':') {
				return null;
			}
			int comma = endOfValue(json, colon + 1, end);
			if (comma <= colon + 1 || (comma < end && (json[comma] != ',' || comma + 1 == end))) {
				return null;
			}
			Bytes name = new Bytes(Arrays.copyOfRange(json, i, colon));
			if (names.size() == FEW) {
				many.addAll(names);
			}
			if ((names.size() < FEW) ? names.contains(name) : !many.add(name)) {
				return null;
			}
			names.add(name);
			values.add(Arrays.copyOfRange(json, colon + 1, comma));
			i = comma + 1;
		}
		return new JsonMembers(names, values);
	}

	/** Names with their quotes, values as they are written. */
	public void forEach(BiConsumer<byte[], byte[]> member) {
		for (int i = 0; i < this.values.size(); i++) {
			member.accept(this.names.get(i).value(), this.values.get(i));
		}
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
