package dev.whence.store.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Objects in JSON, taken apart: which names they have in which order, their shapes, and
 * the values of each name as a column. Most objects have the shape of the one before.
 */
final class JsonColumns {

	/** The name of an object that is stored whole: names have quotes, this has none. */
	private static final byte[] WHOLE = {};

	/** So many objects are remembered: resources repeat themselves. */
	private static final int FEW = 64;

	private final Distinct names = new Distinct();

	/** The values of each name. */
	private final List<Distinct> columns = new ArrayList<>();

	/** The names of each shape, by their places. */
	private final List<int[]> shapes = new ArrayList<>();

	private final Map<List<Integer>, Integer> numbers = new HashMap<>();

	private final int[] shapeOf;

	private JsonColumns(int rows) {
		this.shapeOf = new int[rows];
	}

	static JsonColumns of(List<byte @Nullable []> objects) {
		JsonColumns columns = new JsonColumns(objects.size());
		Map<Bytes, Parts> seen = new HashMap<>();
		JsonScan scan = new JsonScan();
		for (int row = 0; row < columns.shapeOf.length; row++) {
			byte[] json = Objects.requireNonNull(objects.get(row));
			Bytes whole = new Bytes(json);
			Parts parts = seen.get(whole);
			if (parts != null) {
				columns.repeat(row, parts);
			}
			else {
				parts = columns.add(row, json, scan);
				if (seen.size() < FEW) {
					seen.put(whole, parts);
				}
			}
		}
		return columns;
	}

	private void repeat(int row, Parts parts) {
		this.shapeOf[row] = parts.shape();
		int[] names = this.shapes.get(parts.shape());
		for (int i = 0; i < names.length; i++) {
			this.columns.get(names[i]).addPlace(parts.places()[i]);
		}
	}

	private Parts add(int row, byte[] json, JsonScan scan) {
		int shape = scan.read(json) ? shape((row > 0) ? this.shapeOf[row - 1] : -1, json, scan) : -1;
		if (shape < 0) {
			shape = number(new int[] { name(WHOLE, 0, 0) });
			this.shapeOf[row] = shape;
			int place = this.columns.get(this.shapes.get(shape)[0]).add(json, 0, json.length);
			return new Parts(shape, new int[] { place });
		}
		this.shapeOf[row] = shape;
		int[] names = this.shapes.get(shape);
		int[] places = new int[names.length];
		for (int i = 0; i < names.length; i++) {
			places[i] = this.columns.get(names[i]).add(json, scan.valueFrom(i), scan.valueTo(i));
		}
		return new Parts(shape, places);
	}

	/** The shape of what was scanned, -1 where a name is there twice. */
	private int shape(int likely, byte[] json, JsonScan scan) {
		if (likely >= 0 && hasShape(likely, scan)) {
			return likely;
		}
		if (scan.hasTwins()) {
			return -1;
		}
		int[] shape = new int[scan.size()];
		for (int i = 0; i < shape.length; i++) {
			shape[i] = name(json, scan.nameFrom(i), scan.nameTo(i));
		}
		return number(shape);
	}

	private boolean hasShape(int shape, JsonScan scan) {
		int[] shapeNames = this.shapes.get(shape);
		if (shapeNames.length != scan.size()) {
			return false;
		}
		for (int i = 0; i < shapeNames.length; i++) {
			if (!scan.isNamed(i, this.names.values().get(shapeNames[i]))) {
				return false;
			}
		}
		return true;
	}

	private int name(byte[] source, int from, int to) {
		int name = this.names.place(source, from, to);
		if (name == this.columns.size()) {
			this.columns.add(new Distinct());
		}
		return name;
	}

	private int number(int[] shape) {
		Integer known = this.numbers.putIfAbsent(Arrays.stream(shape).boxed().toList(), this.shapes.size());
		if (known == null) {
			this.shapes.add(shape);
		}
		return (known != null) ? known : this.shapes.size() - 1;
	}

	/** With their quotes, each once. */
	List<byte[]> names() {
		return this.names.values();
	}

	List<int[]> shapes() {
		return this.shapes;
	}

	int shapeOf(int row) {
		return this.shapeOf[row];
	}

	int rows() {
		return this.shapeOf.length;
	}

	/** The values of a name, by the name's place. */
	Distinct column(int name) {
		return this.columns.get(name);
	}

	/** Says which values there are. */
	void tell(Vocabulary vocabulary) {
		for (int i = 0; i < this.columns.size(); i++) {
			byte[] name = names().get(i);
			for (byte[] value : this.columns.get(i).values()) {
				if (name.length == 0) {
					vocabulary.whole(value);
				}
				else {
					vocabulary.member(name, value);
				}
			}
		}
	}

	/** An object: its shape, and where in each column its value stands. */
	private record Parts(int shape, int[] places) {
	}

}
