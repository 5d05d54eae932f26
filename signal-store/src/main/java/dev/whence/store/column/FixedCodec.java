package dev.whence.store.column;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Values of one length that are as good as random: one after the other. */
public final class FixedCodec implements ColumnCodec {

	private final int width;

	/**
	 * @param width the length of every value, in bytes
	 */
	public FixedCodec(int width) {
		this.width = width;
	}

	@Override
	public void encode(List<byte @Nullable []> values, ByteSink out, Vocabulary vocabulary) {
		for (byte[] value : values) {
			if (Objects.requireNonNull(value).length != this.width) {
				throw new IllegalArgumentException("a value of " + value.length + " bytes instead of " + this.width);
			}
			out.put(value);
		}
	}

	@Override
	public Values decode(ByteSource in, int rows) {
		int from = in.skip(Math.multiplyExact(rows, this.width));
		byte[] all = in.array();
		return (row) -> Arrays.copyOfRange(all, from + row * this.width, from + (row + 1) * this.width);
	}

}
