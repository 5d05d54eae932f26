package dev.whence.store.segment;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

import dev.whence.store.column.DamagedColumnException;

/**
 * The filters of words of many segments, side by side: the lines in which a word may be
 * lie in one bucket, the same for all segments, so that whoever looks for it reads once
 * instead of once for each segment. They are made of the filters themselves; no text is
 * read again. A bucket holds a part of each line, for what is suspected wrongly costs no
 * more than a line of the segment's own filter.
 *
 * @param buckets how many there are
 * @param lines how many the filter of each segment has
 * @param bits which bits of a word the filter of each segment has
 */
record GroupedWords(int buckets, int[] lines, TokenBits[] bits) {

	/**
	 * Bytes of a line that are kept. With two fifths of it a word has four of its ten
	 * bits here, and one in eleven segments is suspected wrongly.
	 */
	static final int KEPT = 24;

	/**
	 * Lines of an average segment in a bucket. Fewer are read faster and more of them lie
	 * in two buckets.
	 */
	private static final int LINES = 8;

	/**
	 * Plans for these filters.
	 * @param filters as {@link TokenFilter} made them
	 */
	static GroupedWords of(List<byte[]> filters, TokenBits[] bits) {
		int[] lines = filters.stream().mapToInt((filter) -> filter.length / TokenFilter.LINE).toArray();
		int buckets = Arrays.stream(lines).sum() / (lines.length * LINES);
		return new GroupedWords(Math.max(1, buckets), lines, bits);
	}

	/**
	 * Makes the buckets.
	 * @param filters those that were planned for, whose lines were verified before
	 */
	byte[] encode(List<byte[]> filters) {
		int size = size();
		byte[] encoded = new byte[Math.multiplyExact(this.buckets, size)];
		for (int bucket = 0; bucket < this.buckets; bucket++) {
			int at = bucket * size;
			for (int member = 0; member < this.lines.length; member++) {
				int first = first(bucket, member);
				for (int line = first; line < first + width(member); line++) {
					if (line < this.lines[member]) {
						System.arraycopy(filters.get(member), line * TokenFilter.LINE, encoded, at, KEPT);
					}
					at += KEPT;
				}
			}
			int checksum = checksum(encoded, bucket * size, at, bucket);
			for (int i = 0; i < Integer.BYTES; i++) {
				encoded[at + i] = (byte) (checksum >> 8 * i);
			}
		}
		return encoded;
	}

	/** All but the number of buckets, as it is stored. */
	byte[] shape() {
		ByteBuffer shape = ByteBuffer.allocate(2 * Integer.BYTES * this.lines.length);
		for (int member = 0; member < this.lines.length; member++) {
			shape.putInt(this.lines[member]).putInt(this.bits[member].code());
		}
		return shape.array();
	}

	/**
	 * The opposite of {@link #shape}.
	 * @throws DamagedColumnException when it is not that of so many segments
	 */
	static GroupedWords of(int buckets, byte[] shape, int segments) {
		if (buckets < 1 || shape.length != 2 * Integer.BYTES * segments) {
			throw new DamagedColumnException("the shape of words of " + segments + " segments has " + shape.length
					+ " bytes, for " + buckets + " buckets");
		}
		ByteBuffer in = ByteBuffer.wrap(shape);
		int[] lines = new int[segments];
		TokenBits[] bits = new TokenBits[segments];
		for (int member = 0; member < segments; member++) {
			lines[member] = in.getInt();
			bits[member] = TokenBits.ofCode(in.getInt());
		}
		return new GroupedWords(buckets, lines, bits);
	}

	/**
	 * SQL for the bucket of a token.
	 * @param place SQL for the {@link TokenFilter#place} of the token, a bigint
	 */
	static String bucketInSql(String words, String buckets, String place) {
		String size = "octet_length(" + words + ") / " + buckets;
		return "substring(" + words + " from (1 + (" + place + " * " + buckets + " >> 31) * (" + size
				+ "))::integer for " + size + ")";
	}

	/**
	 * Looks whether the bucket of a token is as it was written.
	 * @throws DamagedColumnException when it is not
	 */
	void verify(byte[] bucket, long token) {
		if (bucket.length != size()) {
			throw new DamagedColumnException("a bucket of words has " + bucket.length + " bytes and not " + size());
		}
		int end = bucket.length - Integer.BYTES;
		int stored = 0;
		for (int i = 0; i < Integer.BYTES; i++) {
			stored |= (bucket[end + i] & 0xFF) << 8 * i;
		}
		if (stored != checksum(bucket, 0, end, TokenFilter.line(token, this.buckets))) {
			throw new DamagedColumnException("the checksum of a bucket of words does not hold");
		}
	}

	/**
	 * Whether the token may be in a segment, of a bucket that was verified before.
	 * @param member the place of the segment among the others
	 */
	boolean mayContain(byte[] bucket, long token, int member) {
		int line = TokenFilter.line(token, this.lines[member]) - first(TokenFilter.line(token, this.buckets), member);
		int at = line * KEPT;
		for (int before = 0; before < member; before++) {
			at += width(before) * KEPT;
		}
		TokenBits bits = this.bits[member];
		for (int i = 0; i < bits.count(); i++) {
			int bit = bits.bit(token, i);
			if ((bit >> 3) < KEPT && (bucket[at + (bit >> 3)] & (1 << (bit & 7))) == 0) {
				return false;
			}
		}
		return true;
	}

	/** The first line of a segment that a token of a bucket may be in. */
	private int first(int bucket, int member) {
		return (int) ((long) bucket * this.lines[member] / this.buckets);
	}

	/** Lines of a segment that a token of a bucket may be in, at most. */
	private int width(int member) {
		int whole = this.lines[member] / this.buckets;
		return (this.lines[member] % this.buckets == 0) ? whole : whole + 2;
	}

	private int size() {
		int lines = 0;
		for (int member = 0; member < this.lines.length; member++) {
			lines += width(member);
		}
		return Math.addExact(Math.multiplyExact(lines, KEPT), Integer.BYTES);
	}

	private int checksum(byte[] bytes, int from, int to, int bucket) {
		CRC32C checksum = new CRC32C();
		checksum.update(ByteBuffer.allocate(2 * Integer.BYTES).putInt(bucket).putInt(this.buckets).flip());
		checksum.update(shape());
		checksum.update(bytes, from, to - from);
		return (int) checksum.getValue();
	}

}
