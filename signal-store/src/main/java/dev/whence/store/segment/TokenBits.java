package dev.whence.store.segment;

import dev.whence.store.column.DamagedColumnException;

/**
 * Which bits of a line stand for a token. The number of each way is stored with groups
 * and never changes.
 */
enum TokenBits {

	/** Of ids, and of words in segments before version 5. */
	SIX(1, 6),

	/** Of words in segments of version 5. */
	TEN(2, 10),

	/**
	 * Each bit from a mix of its own: the others are all even or all odd, and some of
	 * them one bit twice, by which a line is believed to hold nearly twice as many tokens
	 * that it does not.
	 */
	SPREAD(3, 10);

	private final int code;

	private final int count;

	TokenBits(int code, int count) {
		this.code = code;
		this.count = count;
	}

	int code() {
		return this.code;
	}

	/**
	 * @throws DamagedColumnException when there is none with this number
	 */
	static TokenBits ofCode(int code) {
		for (TokenBits bits : values()) {
			if (bits.code == code) {
				return bits;
			}
		}
		throw new DamagedColumnException("no way to set bits has the number " + code);
	}

	/** How many bits a token has. */
	int count() {
		return this.count;
	}

	/** A bit of a token, numbered as PostgreSQL's get_bit does. */
	int bit(long hash, int i) {
		if (this == SPREAD) {
			return (int) ((mix(hash + (i + 1) * 0x9E3779B97F4A7C15L) >>> 33) % TokenFilter.BITS);
		}
		// Double hashing (Kirsch, Mitzenmacher: Less Hashing, Same Performance, 2006).
		long first = hash & 0xFFFF;
		long second = (hash >>> 16 & 0xFFFF) | 1;
		return (int) ((first + i * second + (long) i * i * i) % TokenFilter.BITS);
	}

	/**
	 * Half of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
	 * Generators, 2014), which is enough for hashes.
	 */
	private static long mix(long hash) {
		long mixed = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
		return mixed ^ mixed >>> 27;
	}

}
