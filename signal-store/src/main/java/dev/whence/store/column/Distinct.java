package dev.whence.store.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column, each different one once, in the order in which they come first,
 * and which of them each row has. A hash table with open addressing: nothing is made for
 * a row whose value is known.
 */
final class Distinct {

	// Of this process's own, so that nobody can choose values that look alike.
	private static final Hasher64 HASHER = Hashing.xxh3_64(ThreadLocalRandom.current().nextLong());

	private final List<byte[]> values = new ArrayList<>();

	/** The hash of each value. */
	private long[] hashes = new long[16];

	/** The place of a value, and one more; 0 where there is none. */
	private int[] slots = new int[32];

	/** For each row the place of its value. */
	private int[] places = new int[64];

	private int rows;

	static Distinct of(List<byte @Nullable []> values) {
		Distinct distinct = new Distinct();
		for (byte[] value : values) {
			distinct.add(Objects.requireNonNull(value));
		}
		return distinct;
	}

	/** Adds the value of the next row. */
	void add(byte[] value) {
		// Whoever repeats a value often repeats the array.
		if (this.rows > 0 && this.values.get(this.places[this.rows - 1]) == value) {
			addPlace(this.places[this.rows - 1]);
		}
		else {
			add(value, 0, value.length);
		}
	}

	/**
	 * The same for a part of an array.
	 * @return the place of the value
	 */
	int add(byte[] source, int from, int to) {
		int place = place(source, from, to);
		addPlace(place);
		return place;
	}

	/** Adds a row whose value stands at a place already. */
	void addPlace(int place) {
		if (this.rows == this.places.length) {
			this.places = Arrays.copyOf(this.places, 2 * this.rows);
		}
		this.places[this.rows++] = place;
	}

	/** The place of a value, which it gets now if it has none; no row has it for that. */
	int place(byte[] source, int from, int to) {
		long hash = HASHER.hashBytesToLong(source, from, to - from);
		int mask = this.slots.length - 1;
		int slot = (int) hash & mask;
		while (this.slots[slot] != 0) {
			int place = this.slots[slot] - 1;
			if (this.hashes[place] == hash && equals(this.values.get(place), source, from, to)) {
				return place;
			}
			slot = (slot + 1) & mask;
		}
		int place = this.values.size();
		this.values.add((from == 0 && to == source.length) ? source : Arrays.copyOfRange(source, from, to));
		if (place == this.hashes.length) {
			this.hashes = Arrays.copyOf(this.hashes, 2 * place);
		}
		this.hashes[place] = hash;
		this.slots[slot] = place + 1;
		if (2 * this.values.size() > this.slots.length) {
			grow();
		}
		return place;
	}

	private static boolean equals(byte[] value, byte[] source, int from, int to) {
		return Arrays.equals(value, 0, value.length, source, from, to);
	}

	private void grow() {
		this.slots = new int[4 * this.slots.length];
		int mask = this.slots.length - 1;
		for (int place = 0; place < this.values.size(); place++) {
			int slot = (int) this.hashes[place] & mask;
			while (this.slots[slot] != 0) {
				slot = (slot + 1) & mask;
			}
			this.slots[slot] = place + 1;
		}
	}

	int rows() {
		return this.rows;
	}

	/** Where among {@link #values} a row's value stands. */
	int placeOf(int row) {
		return this.places[row];
	}

	/** The value of a row. */
	byte[] get(int row) {
		return this.values.get(this.places[row]);
	}

	/** Each once. */
	List<byte[]> values() {
		return this.values;
	}

}
