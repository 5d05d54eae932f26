package dev.whence.store.column;

/** Values of which many rows have the same. */
@FunctionalInterface
interface KeptValues extends Values {

	/** What a row has; nobody changes it. */
	byte[] kept(int row);

	@Override
	default boolean put(int row, ByteSink out) {
		out.put(kept(row));
		return true;
	}

	@Override
	default byte[] get(int row) {
		return kept(row).clone();
	}

}
