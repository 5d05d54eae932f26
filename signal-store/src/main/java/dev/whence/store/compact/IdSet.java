package dev.whence.store.compact;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * Many ids of signals, each of its project, in eight bytes each: their hashes, with a
 * seed of this set's own, so that nobody can choose ids that look alike. First everything
 * is added, then it is asked.
 */
final class IdSet {

	private final Hasher64 hasher = Hashing.xxh3_64(ThreadLocalRandom.current().nextLong());

	private long[] hashes = new long[1024];

	private int size;

	private boolean sorted = true;

	void add(int project, UUID id) {
		if (this.size == this.hashes.length) {
			this.hashes = Arrays.copyOf(this.hashes, Math.multiplyExact(this.size, 2));
		}
		this.hashes[this.size++] = hash(project, id);
		this.sorted = false;
	}

	/**
	 * How many different ids there are; too few in the rarest of cases, never too many.
	 */
	int distinct() {
		sort();
		int distinct = 0;
		for (int i = 0; i < this.size; i++) {
			if (i == 0 || this.hashes[i] != this.hashes[i - 1]) {
				distinct++;
			}
		}
		return distinct;
	}

	/** Never wrongly no. */
	boolean contains(int project, UUID id) {
		sort();
		return Arrays.binarySearch(this.hashes, 0, this.size, hash(project, id)) >= 0;
	}

	private void sort() {
		if (!this.sorted) {
			Arrays.sort(this.hashes, 0, this.size);
			this.sorted = true;
		}
	}

	private long hash(int project, UUID id) {
		return this.hasher.hashLongLongToLong(project,
				this.hasher.hashLongLongToLong(id.getMostSignificantBits(), id.getLeastSignificantBits()));
	}

}
