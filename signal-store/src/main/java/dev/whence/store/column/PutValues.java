package dev.whence.store.column;

/** Values that are put together of parts. */
@FunctionalInterface
interface PutValues extends Values {

	/** Room for most values, in bytes. */
	int USUAL = 64;

	void putValue(int row, ByteSink out);

	@Override
	default boolean put(int row, ByteSink out) {
		putValue(row, out);
		return true;
	}

	@Override
	default byte[] get(int row) {
		ByteSink value = new ByteSink(USUAL);
		putValue(row, value);
		return value.toBytes();
	}

}
