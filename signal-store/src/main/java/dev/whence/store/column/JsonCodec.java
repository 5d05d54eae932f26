package dev.whence.store.column;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Objects in JSON, member by member: which names there are in which order, and the values
 * of each name as a column of their own. What cannot be put together exactly as it was
 * stays as it is.
 */
public final class JsonCodec implements ColumnCodec {

	public static final JsonCodec INSTANCE = new JsonCodec();

	private JsonCodec() {
	}

	@Override
	public void encode(List<byte @Nullable []> values, ByteSink out, Vocabulary vocabulary) {
		JsonColumns columns = JsonColumns.of(values);
		columns.tell(vocabulary);
		out.putVarint(columns.names().size());
		columns.names().forEach(out::putValue);
		out.putVarint(columns.shapes().size());
		for (int[] names : columns.shapes()) {
			out.putVarint(names.length);
			for (int name : names) {
				out.putVarint(name);
			}
		}
		if (columns.shapes().size() > 1) {
			for (int row = 0; row < columns.rows(); row++) {
				out.putVarint(columns.shapeOf(row));
			}
		}
		for (int name = 0; name < columns.names().size(); name++) {
			TextCodec.encode(columns.column(name), out);
		}
	}

	@Override
	public Values decode(ByteSource in, int rows) {
		List<byte[]> names = new ArrayList<>();
		int columns = in.getCount();
		for (int i = 0; i < columns; i++) {
			names.add(in.getValue());
		}
		List<int[]> shapes = new ArrayList<>();
		int size = in.getCount();
		for (int i = 0; i < size; i++) {
			shapes.add(shape(in, columns));
		}
		int[] shapeOf = new int[rows];
		long members = 0;
		for (int row = 0; row < rows; row++) {
			shapeOf[row] = (size > 1) ? in.getCount() : 0;
			if (shapeOf[row] >= size) {
				throw new DamagedColumnException("there is no shape " + shapeOf[row] + " of " + size);
			}
			members += shapes.get(shapeOf[row]).length;
		}
		if (members > Integer.MAX_VALUE) {
			throw new DamagedColumnException("objects do not have " + members + " members");
		}
		MemberPlaces places = MemberPlaces.of(shapes, shapeOf, (int) members, columns);
		List<Values> values = new ArrayList<>();
		for (int column = 0; column < columns; column++) {
			values.add(TextCodec.INSTANCE.decode(in, places.valuesOf(column)));
		}
		return new JsonValues(names, shapes, shapeOf, places, values, null);
	}

	private static int[] shape(ByteSource in, int columns) {
		int[] shape = new int[in.getCount()];
		for (int i = 0; i < shape.length; i++) {
			shape[i] = in.getCount();
			if (shape[i] >= columns) {
				throw new DamagedColumnException("there is no name " + shape[i] + " of " + columns);
			}
		}
		return shape;
	}

}
