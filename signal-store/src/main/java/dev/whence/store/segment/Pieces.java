package dev.whence.store.segment;

/** Reads parts of a segment's data. */
@FunctionalInterface
interface Pieces {

	byte[] read(int from, int length);

}
