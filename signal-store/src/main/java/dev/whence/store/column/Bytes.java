package dev.whence.store.column;

import java.util.Arrays;

/** Bytes that are compared by what they hold, as a key of a map. */
record Bytes(byte[] value) {

	@Override
	public boolean equals(Object other) {
		return other instanceof Bytes bytes && Arrays.equals(this.value, bytes.value);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.value);
	}

}
