package dev.whence.store.segment;

import java.util.concurrent.ThreadLocalRandom;

/**
 * In which blocks of a segment each token is, or in which segments of a group, as long as
 * they are few. A hash table with open addressing: a segment has some hundred thousand
 * pairs of token and block.
 */
final class TokenPlaces {

	/** A token in more blocks is taken for one that is everywhere. */
	static final int FEW = 4;

	/** Of its own, so that nobody can choose tokens that get in each other's way. */
	private final long salt = ThreadLocalRandom.current().nextLong() | 1;

	/** The hashes of the tokens; what a slot without any block holds means nothing. */
	private long[] tokens = new long[1 << 12];

	/** For each token in how many blocks it is, {@link #FEW} and one at most. */
	private byte[] counts = new byte[this.tokens.length];

	/** For each token the first of them; a segment has fewer than 65,536. */
	private char[] blocks = new char[FEW * this.tokens.length];

	private int size;

	/**
	 * Adds the tokens of the next block.
	 * @param distinct each once
	 */
	void add(int block, long[] distinct) {
		for (long token : distinct) {
			if (3 * this.size >= 2 * this.tokens.length) {
				grow();
			}
			int slot = slot(token);
			if (this.counts[slot] == 0) {
				this.tokens[slot] = token;
				this.size++;
			}
			if (this.counts[slot] < FEW) {
				this.blocks[FEW * slot + this.counts[slot]] = (char) block;
			}
			if (this.counts[slot] <= FEW) {
				this.counts[slot]++;
			}
		}
	}

	/** Shows each token once, in no order. */
	void forEach(Visitor visitor) {
		for (int slot = 0; slot < this.tokens.length; slot++) {
			if (this.counts[slot] > FEW) {
				visitor.everywhere(this.tokens[slot]);
			}
			else if (this.counts[slot] > 0) {
				int[] in = new int[this.counts[slot]];
				for (int i = 0; i < in.length; i++) {
					in[i] = this.blocks[FEW * slot + i];
				}
				visitor.in(this.tokens[slot], in);
			}
		}
	}

	private void grow() {
		long[] oldTokens = this.tokens;
		byte[] oldCounts = this.counts;
		char[] oldBlocks = this.blocks;
		this.tokens = new long[2 * oldTokens.length];
		this.counts = new byte[this.tokens.length];
		this.blocks = new char[FEW * this.tokens.length];
		for (int old = 0; old < oldTokens.length; old++) {
			if (oldCounts[old] > 0) {
				int slot = slot(oldTokens[old]);
				this.tokens[slot] = oldTokens[old];
				this.counts[slot] = oldCounts[old];
				System.arraycopy(oldBlocks, FEW * old, this.blocks, FEW * slot, FEW);
			}
		}
	}

	/** Where a token is, or may be put. */
	private int slot(long token) {
		int mask = this.tokens.length - 1;
		int slot = (int) (token * this.salt >>> 32) & mask;
		while (this.counts[slot] > 0 && this.tokens[slot] != token) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	/** Gets the tokens. */
	interface Visitor {

		/** In these blocks and no others. */
		void in(long token, int[] blocks);

		/** In so many that they are not told apart. */
		void everywhere(long token);

	}

}
