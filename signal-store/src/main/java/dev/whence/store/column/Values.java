package dev.whence.store.column;

import org.jspecify.annotations.Nullable;

/** The values of a column, each made when it is asked for. */
@FunctionalInterface
public interface Values {

	byte @Nullable [] get(int row);

	/**
	 * Puts a value behind others, for whoever needs no array of it.
	 * @return whether the row has a value
	 */
	default boolean put(int row, ByteSink out) {
		byte[] value = get(row);
		if (value != null) {
			out.put(value);
		}
		return value != null;
	}

}
