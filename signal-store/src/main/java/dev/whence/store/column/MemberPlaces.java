package dev.whence.store.column;

import java.util.Arrays;
import java.util.List;

/**
 * Where the value of each member of an object stands in the column of its name: behind
 * those of all objects before it that have the name too. Objects that all have the same
 * names, each once, need no list of it.
 */
final class MemberPlaces {

	private static final int[] NONE = {};

	private final int[] places;

	/**
	 * For each object where its places begin; empty where the place of a value is the
	 * place of its object.
	 */
	private final int[] starts;

	/** For each column how many values it has. */
	private final int[] counts;

	private MemberPlaces(int[] places, int[] starts, int[] counts) {
		this.places = places;
		this.starts = starts;
		this.counts = counts;
	}

	/**
	 * @param shapes the columns of the members of objects, in their order
	 * @param shapeOf the shape of each object
	 * @param members of all objects together
	 */
	static MemberPlaces of(List<int[]> shapes, int[] shapeOf, int members, int columns) {
		int[] counts = new int[columns];
		if (shapes.size() == 1 && isEachOnce(shapes.getFirst())) {
			for (int column : shapes.getFirst()) {
				counts[column] = shapeOf.length;
			}
			return new MemberPlaces(NONE, NONE, counts);
		}
		int[] places = new int[members];
		int[] starts = new int[shapeOf.length];
		int next = 0;
		for (int object = 0; object < shapeOf.length; object++) {
			starts[object] = next;
			for (int column : shapes.get(shapeOf[object])) {
				places[next++] = counts[column]++;
			}
		}
		return new MemberPlaces(places, starts, counts);
	}

	/**
	 * @param member among those of its object
	 */
	int of(int object, int member) {
		return (this.starts.length == 0) ? object : this.places[this.starts[object] + member];
	}

	int valuesOf(int column) {
		return this.counts[column];
	}

	private static boolean isEachOnce(int[] shape) {
		return Arrays.stream(shape).distinct().count() == shape.length;
	}

}
