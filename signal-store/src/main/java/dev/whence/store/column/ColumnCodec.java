package dev.whence.store.column;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes the values of a column close together. What is written is meant to be compressed
 * by a general method afterwards.
 */
public interface ColumnCodec {

	/**
	 * @param vocabulary learns the texts and objects among the values
	 */
	void encode(List<byte @Nullable []> values, ByteSink out, Vocabulary vocabulary);

	/**
	 * @param rows as many values as were written
	 */
	Values decode(ByteSource in, int rows);

}
