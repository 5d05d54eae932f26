package dev.whence.store.column;

/** Is told each different value of a column, once, while the column is written. */
public interface Vocabulary {

	/** For whom it does not matter. */
	Vocabulary NONE = new Vocabulary() {
	};

	default void text(byte[] value) {
	}

	/**
	 * A member of an object.
	 * @param name with its quotes
	 * @param value as it is written in JSON
	 */
	default void member(byte[] name, byte[] value) {
	}

	/** An object that could not be taken apart, or what stands in the place of one. */
	default void whole(byte[] json) {
	}

}
