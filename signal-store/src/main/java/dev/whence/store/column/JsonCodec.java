package dev.whence.store.column;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Objects in JSON, member by member: which names there are in which order, and the values
 * of each name as a column of their own. What cannot be put together exactly as it was
 * stays as it is.
 */
public final class JsonCodec implements ColumnCodec {

	public static final JsonCodec INSTANCE = new JsonCodec();

	/** Objects that are stored whole. */
	private static final List<Bytes> WHOLE = List.of(new Bytes(new byte[0]));

	private static final int FEW = 64;

	private JsonCodec() {
	}

	@Override
	public void encode(List<byte @Nullable []> values, ByteSink out) {
		Map<List<Bytes>, Shape> shapes = new LinkedHashMap<>();
		Map<Bytes, List<byte @Nullable []>> columns = new LinkedHashMap<>();
		// Resources repeat themselves.
		Map<Bytes, JsonMembers> seen = new HashMap<>();
		int[] shapeOf = new int[values.size()];
		for (int row = 0; row < shapeOf.length; row++) {
			byte[] json = Objects.requireNonNull(values.get(row));
			Bytes whole = new Bytes(json);
			JsonMembers members = seen.get(whole);
			if (members == null) {
				members = JsonMembers.of(json);
				if (members != null && seen.size() < FEW) {
					seen.put(whole, members);
				}
			}
			List<Bytes> names = (members != null) ? members.names() : WHOLE;
			List<byte[]> parts = (members != null) ? members.values() : List.of(json);
			Shape shape = shapes.get(names);
			if (shape == null) {
				shape = new Shape(shapes.size(),
						names.stream().map((name) -> columns.computeIfAbsent(name, (_) -> new ArrayList<>())).toList());
				shapes.put(names, shape);
			}
			shapeOf[row] = shape.number();
			for (int i = 0; i < parts.size(); i++) {
				shape.columns().get(i).add(parts.get(i));
			}
		}
		Map<Bytes, Integer> numbers = new LinkedHashMap<>();
		columns.keySet().forEach((name) -> numbers.put(name, numbers.size()));
		out.putVarint(numbers.size());
		numbers.keySet().forEach((name) -> out.putValue(name.value()));
		out.putVarint(shapes.size());
		shapes.keySet().forEach((names) -> {
			out.putVarint(names.size());
			names.forEach((name) -> out.putVarint(Objects.requireNonNull(numbers.get(name))));
		});
		if (shapes.size() > 1) {
			for (int shape : shapeOf) {
				out.putVarint(shape);
			}
		}
		for (List<byte @Nullable []> column : columns.values()) {
			TextCodec.INSTANCE.encode(column, out);
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
		int[] uses = new int[columns];
		// For each row where its value stands in the column of each of its names.
		int[][] places = new int[rows][];
		for (int row = 0; row < rows; row++) {
			shapeOf[row] = (size > 1) ? in.getCount() : 0;
			if (shapeOf[row] >= size) {
				throw new DamagedColumnException("there is no shape " + shapeOf[row] + " of " + size);
			}
			int[] shape = shapes.get(shapeOf[row]);
			places[row] = new int[shape.length];
			for (int i = 0; i < shape.length; i++) {
				places[row][i] = uses[shape[i]]++;
			}
		}
		List<Values> values = new ArrayList<>();
		for (int column = 0; column < columns; column++) {
			values.add(TextCodec.INSTANCE.decode(in, uses[column]));
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

	/** Names in an order, and where the values of each go. */
	private record Shape(int number, List<List<byte @Nullable []>> columns) {
	}

}
