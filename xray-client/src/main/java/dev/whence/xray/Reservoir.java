package dev.whence.xray;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A sample in which each of the things offered so far is with the same probability
 * (Vitter's algorithm R), and how many they were.
 */
final class Reservoir<T> {

	private final int capacity;

	private final RandomGenerator random;

	private final List<T> sample = new ArrayList<>();

	private long offered;

	Reservoir(int capacity, RandomGenerator random) {
		this.capacity = capacity;
		this.random = random;
	}

	void offer(T thing) {
		this.offered++;
		if (this.sample.size() < this.capacity) {
			this.sample.add(thing);
			return;
		}
		long place = this.random.nextLong(this.offered);
		if (place < this.capacity) {
			this.sample.set((int) place, thing);
		}
	}

	long offered() {
		return this.offered;
	}

	int size() {
		return this.sample.size();
	}

	/** At most so many of the sample, again each with the same probability. */
	List<T> some(int most) {
		if (most >= this.sample.size()) {
			return List.copyOf(this.sample);
		}
		// Places in the sample depend on the order of arrival, so the first ones are not
		// fair.
		List<T> shuffled = new ArrayList<>(this.sample);
		for (int place = shuffled.size() - 1; place > 0; place--) {
			Collections.swap(shuffled, place, this.random.nextInt(place + 1));
		}
		return List.copyOf(shuffled.subList(0, most));
	}

}
