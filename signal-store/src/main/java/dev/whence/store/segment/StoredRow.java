package dev.whence.store.segment;

import java.util.Arrays;

import dev.whence.store.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * A row as PostgreSQL's binary {@code COPY} gives it: the number of columns, for each its
 * length and its bytes.
 *
 * @param tuple holds every column of the table, in the table's order
 */
record StoredRow(Table table, byte[] tuple) {

	/** The bytes of a column, null where it is null. */
	byte @Nullable [] field(int column) {
		int position = Short.BYTES;
		for (int i = 0; i < column; i++) {
			position += Integer.BYTES + Math.max(0, intAt(position));
		}
		int length = intAt(position);
		return (length < 0) ? null
				: Arrays.copyOfRange(this.tuple, position + Integer.BYTES, position + Integer.BYTES + length);
	}

	byte[] required(int column) {
		byte[] value = field(column);
		if (value == null) {
			throw new IllegalArgumentException(
					this.table + " has a row without " + this.table.columns().get(column).name());
		}
		return value;
	}

	private int intAt(int position) {
		return (this.tuple[position] & 0xFF) << 24 | (this.tuple[position + 1] & 0xFF) << 16
				| (this.tuple[position + 2] & 0xFF) << 8 | (this.tuple[position + 3] & 0xFF);
	}

}
