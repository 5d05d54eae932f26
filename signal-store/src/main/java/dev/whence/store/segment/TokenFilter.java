package dev.whence.store.segment;

import java.util.Arrays;
import java.util.zip.CRC32C;

import dev.whence.store.column.DamagedColumnException;

/**
 * Says whether a segment may hold a token: never wrongly no, seldom wrongly yes. A
 * blocked Bloom filter (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom
 * Filters, 2007): all bits of a token lie in one line, so that a question reads 64 bytes,
 * the last four of which are the line's checksum.
 */
final class TokenFilter {

	/** Bytes in a line. */
	static final int LINE = 64;

	private static final int BITS = 8 * (LINE - Integer.BYTES);

	/** Bits of a token; the best number for ten bits a token is 0.69 times as many. */
	private static final int HASHES = 6;

	private TokenFilter() {
	}

	/**
	 * Makes the lines.
	 * @param hashes of the tokens, each once
	 * @param bits for each token
	 */
	static byte[] of(long[] hashes, int bits) {
		int lines = (int) Math.max(1, ((long) hashes.length * bits + BITS - 1) / BITS);
		byte[] filter = new byte[Math.multiplyExact(lines, LINE)];
		for (long hash : hashes) {
			int from = line(hash, lines) * LINE;
			for (int i = 0; i < HASHES; i++) {
				int bit = bit(hash, i);
				filter[from + (bit >> 3)] |= (byte) (1 << (bit & 7));
			}
		}
		for (int line = 0; line < lines; line++) {
			int from = line * LINE;
			int checksum = checksum(Arrays.copyOfRange(filter, from, from + LINE));
			for (int i = 0; i < Integer.BYTES; i++) {
				filter[from + LINE - Integer.BYTES + i] = (byte) (checksum >> 8 * i);
			}
		}
		return filter;
	}

	/** In which line a token's bits lie; SQL computes the same from {@link #place}. */
	static int line(long hash, int lines) {
		return (int) (place(hash) * lines >>> 31);
	}

	/** 31 bits that choose the line. */
	static long place(long hash) {
		return hash >>> 33;
	}

	/**
	 * Whether the token may be there.
	 * @throws DamagedColumnException when the line is not as it was written
	 */
	static boolean mayContain(byte[] line, long hash) {
		if (line.length != LINE) {
			throw new DamagedColumnException("a line of a filter has " + line.length + " bytes");
		}
		int stored = 0;
		for (int i = 0; i < Integer.BYTES; i++) {
			stored |= (line[LINE - Integer.BYTES + i] & 0xFF) << 8 * i;
		}
		if (stored != checksum(line)) {
			throw new DamagedColumnException("the checksum of a filter's line does not hold");
		}
		for (int i = 0; i < HASHES; i++) {
			int bit = bit(hash, i);
			if ((line[bit >> 3] & (1 << (bit & 7))) == 0) {
				return false;
			}
		}
		return true;
	}

	// Double hashing (Kirsch, Mitzenmacher: Less Hashing, Same Performance, 2006).
	private static int bit(long hash, int i) {
		long first = hash & 0xFFFF;
		long second = (hash >>> 16 & 0xFFFF) | 1;
		return (int) ((first + i * second + (long) i * i * i) % BITS);
	}

	private static int checksum(byte[] line) {
		CRC32C checksum = new CRC32C();
		checksum.update(line, 0, LINE - Integer.BYTES);
		return (int) checksum.getValue();
	}

}
