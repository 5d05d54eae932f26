package dev.whence.store.commit;

import java.util.List;

/**
 * What names a row within its table.
 *
 * @param values those of the table's key columns, in their order: {@code Long},
 * {@code Integer}, {@code UUID} or {@code String}
 */
public record Key(List<Comparable<?>> values) implements Comparable<Key> {

	public static Key of(Comparable<?>... values) {
		return new Key(List.of(values));
	}

	/** By the first value that differs; for keys of one table. */
	@Override
	public int compareTo(Key other) {
		for (int i = 0; i < this.values.size(); i++) {
			int difference = compare(this.values.get(i), other.values.get(i));
			if (difference != 0) {
				return difference;
			}
		}
		return 0;
	}

	// A column has one type.
	@SuppressWarnings("unchecked")
	private static <T> int compare(Comparable<T> value, Comparable<?> other) {
		return value.compareTo((T) other);
	}

}
