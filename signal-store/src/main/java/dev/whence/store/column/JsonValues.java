package dev.whence.store.column;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Objects in JSON of which the members lie apart, so that one of them can be read without
 * the others.
 */
public final class JsonValues implements Values {

	private static final int UNKNOWN = -2;

	/** With their quotes. */
	private final List<byte[]> names;

	/** The names of each shape, as places among the names. */
	private final List<int[]> shapes;

	private final int[] shapeOf;

	private final MemberPlaces places;

	private final List<Values> values;

	private final boolean plain;

	/** Which object each row has, negative for none; null where each has its own. */
	private final int @Nullable [] objects;

	private byte @Nullable [] soughtName;

	private int sought = UNKNOWN;

	JsonValues(List<byte[]> names, List<int[]> shapes, int[] shapeOf, MemberPlaces places, List<Values> values,
			int @Nullable [] objects) {
		this.names = names;
		this.shapes = shapes;
		this.shapeOf = shapeOf;
		this.places = places;
		this.values = values;
		this.objects = objects;
		this.plain = names.stream().allMatch((name) -> name.length > 0 && !JsonScan.isEscaped(name));
	}

	/**
	 * The same for rows of which some have none.
	 * @param objects which object each row has, negative for none
	 */
	JsonValues of(int[] objects) {
		return new JsonValues(this.names, this.shapes, this.shapeOf, this.places, this.values, objects);
	}

	/**
	 * Whether members can be asked for by name: no object lies as a whole, no name is
	 * escaped.
	 */
	public boolean isApart() {
		return this.plain;
	}

	/**
	 * A member as it is written; null where the row has no such member.
	 * @param name with its quotes; asked for again and again, the same array is faster
	 */
	public byte @Nullable [] member(int row, byte[] name) {
		int object = object(row);
		int column = column(name);
		if (object < 0 || column < 0) {
			return null;
		}
		int[] shape = this.shapes.get(this.shapeOf[object]);
		for (int i = 0; i < shape.length; i++) {
			if (shape[i] == column) {
				return this.values.get(column).get(this.places.of(object, i));
			}
		}
		return null;
	}

	@Override
	public byte @Nullable [] get(int row) {
		if (object(row) < 0) {
			return null;
		}
		ByteSink json = new ByteSink(512);
		put(row, json);
		return json.toBytes();
	}

	@Override
	public boolean put(int row, ByteSink out) {
		int object = object(row);
		if (object < 0) {
			return false;
		}
		int[] shape = this.shapes.get(this.shapeOf[object]);
		if (shape.length == 1 && this.names.get(shape[0]).length == 0) {
			return this.values.get(shape[0]).put(this.places.of(object, 0), out);
		}
		out.put('{');
		for (int i = 0; i < shape.length; i++) {
			if (i > 0) {
				out.put(',');
			}
			out.put(this.names.get(shape[i]));
			out.put(':');
			this.values.get(shape[i]).put(this.places.of(object, i), out);
		}
		out.put('}');
		return true;
	}

	private int object(int row) {
		return (this.objects != null) ? this.objects[row] : row;
	}

	private int column(byte[] name) {
		if (this.sought == UNKNOWN || name != this.soughtName) {
			this.soughtName = name;
			this.sought = -1;
			for (int i = 0; i < this.names.size(); i++) {
				if (Arrays.equals(this.names.get(i), name)) {
					this.sought = i;
				}
			}
		}
		return this.sought;
	}

}
