package dev.whence.store.column;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Leaves out the values that are not there. */
public final class NullableCodec implements ColumnCodec {

	private static final int ALL = 0;

	private static final int NONE = 1;

	private static final int SOME = 2;

	private final ColumnCodec codec;

	/**
	 * @param codec writes the others
	 */
	public NullableCodec(ColumnCodec codec) {
		this.codec = codec;
	}

	@Override
	public void encode(List<byte @Nullable []> values, ByteSink out, Vocabulary vocabulary) {
		List<byte @Nullable []> present = new ArrayList<>(values.size());
		for (byte[] value : values) {
			if (value != null) {
				present.add(value);
			}
		}
		if (present.isEmpty()) {
			out.put(NONE);
			return;
		}
		if (present.size() == values.size()) {
			out.put(ALL);
		}
		else {
			out.put(SOME);
			byte[] bits = new byte[(values.size() + 7) / 8];
			for (int row = 0; row < values.size(); row++) {
				if (values.get(row) != null) {
					bits[row >> 3] |= (byte) (1 << (row & 7));
				}
			}
			out.put(bits);
		}
		this.codec.encode(present, out, vocabulary);
	}

	@Override
	public Values decode(ByteSource in, int rows) {
		int form = in.get();
		return switch (form) {
			case ALL -> this.codec.decode(in, rows);
			case NONE -> (_) -> null;
			case SOME -> some(in, rows);
			default -> throw new DamagedColumnException("no form of absent values is " + form);
		};
	}

	private Values some(ByteSource in, int rows) {
		byte[] bits = in.get((rows + 7) / 8);
		// Where the value of each row stands among those that are there.
		int[] places = new int[rows];
		int present = 0;
		for (int row = 0; row < rows; row++) {
			places[row] = ((bits[row >> 3] >> (row & 7)) & 1) != 0 ? present++ : -1;
		}
		Values values = this.codec.decode(in, present);
		return (values instanceof JsonValues objects) ? objects.of(places) : new Sparse(values, places);
	}

	/** Values of the rows that have one. */
	private record Sparse(Values values, int[] places) implements Values {

		@Override
		public byte @Nullable [] get(int row) {
			return (this.places[row] >= 0) ? this.values.get(this.places[row]) : null;
		}

		@Override
		public boolean put(int row, ByteSink out) {
			return this.places[row] >= 0 && this.values.put(this.places[row], out);
		}

	}

}
