package dev.whence.store.segment;

import java.util.Arrays;
import java.util.zip.CRC32C;

import dev.whence.store.column.DamagedColumnException;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a segment may hold a token: never wrongly no, seldom wrongly yes. A
 * blocked Bloom filter (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom
 * Filters, 2007): all bits of a token lie in one line, so that a question reads 64 bytes,
 * the last four of which are the line's checksum. A filter of {@link TokenPlaces} has
 * more bits in the same line, which say in which blocks a token may be.
 */
final class TokenFilter {

	/** Bytes in a line. */
	static final int LINE = 64;

	/** Bits in a line that stand for tokens. */
	static final int BITS = 8 * (LINE - Integer.BYTES);

	/** Bits of a token and a block: whoever asks about a block knows of the token. */
	private static final int BLOCK_HASHES = 4;

	/**
	 * Bits for each that is set: as many as leave half of them unset, and a tenth more,
	 * for lines that have more tokens than others.
	 */
	private static final double ROOM = 1.1 / Math.log(2);

	/** How words are written now. */
	private static final TokenBits OF_PLACES = TokenBits.SPREAD;

	/** In place of a block: the token is in many. */
	private static final int EVERYWHERE = -1;

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
			set(filter, line(hash, lines), hash, TokenBits.SIX, TokenBits.SIX.count());
		}
		sign(filter, lines);
		return filter;
	}

	/** Makes the lines of a filter that tells blocks apart. */
	static byte[] of(TokenPlaces places) {
		long[] set = { 0 };
		places.forEach(new TokenPlaces.Visitor() {

			@Override
			public void in(long token, int[] blocks) {
				set[0] += OF_PLACES.count() + (long) BLOCK_HASHES * blocks.length;
			}

			@Override
			public void everywhere(long token) {
				set[0] += OF_PLACES.count() + BLOCK_HASHES;
			}

		});
		int lines = (int) Math.max(1, Math.ceil(set[0] * ROOM / BITS));
		byte[] filter = new byte[Math.multiplyExact(lines, LINE)];
		places.forEach(new TokenPlaces.Visitor() {

			@Override
			public void in(long token, int[] blocks) {
				int line = line(token, lines);
				set(filter, line, token, OF_PLACES, OF_PLACES.count());
				for (int block : blocks) {
					set(filter, line, inBlock(token, block), OF_PLACES, BLOCK_HASHES);
				}
			}

			@Override
			public void everywhere(long token) {
				in(token, new int[] { EVERYWHERE });
			}

		});
		sign(filter, lines);
		return filter;
	}

	private static void set(byte[] filter, int line, long hash, TokenBits bits, int count) {
		for (int i = 0; i < count; i++) {
			int bit = bits.bit(hash, i);
			filter[line * LINE + (bit >> 3)] |= (byte) (1 << (bit & 7));
		}
	}

	private static void sign(byte[] filter, int lines) {
		for (int line = 0; line < lines; line++) {
			int from = line * LINE;
			int checksum = checksum(Arrays.copyOfRange(filter, from, from + LINE));
			for (int i = 0; i < Integer.BYTES; i++) {
				filter[from + LINE - Integer.BYTES + i] = (byte) (checksum >> 8 * i);
			}
		}
	}

	/** In which line a token's bits lie. */
	static int line(long hash, int lines) {
		return (int) (place(hash) * lines >>> 31);
	}

	/**
	 * SQL for that line.
	 * @param filter the column with all lines
	 * @param place SQL for the {@link #place} of the token, a bigint
	 */
	static String lineInSql(String filter, String place) {
		return "substring(" + filter + " from (1 + " + LINE + " * (" + place + " * (octet_length(" + filter + ") / "
				+ LINE + ") >> 31))::integer for " + LINE + ")";
	}

	/** 31 bits that choose the line. */
	static long place(long hash) {
		return hash >>> 33;
	}

	/**
	 * Whether an id may be there.
	 * @throws DamagedColumnException when the line is not as it was written
	 */
	static boolean mayContain(byte[] line, long hash) {
		verify(line);
		return mayContain(line, hash, TokenBits.SIX);
	}

	/**
	 * Looks whether a line is as it was written.
	 * @throws DamagedColumnException when it is not
	 */
	static void verify(byte[] line) {
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
	}

	/**
	 * Looks whether all lines are as they were written.
	 * @throws DamagedColumnException when one is not
	 */
	static void verifyAll(byte[] filter) {
		for (int from = 0; from == 0 || from < filter.length; from += LINE) {
			verify(Arrays.copyOfRange(filter, from, Math.min(filter.length, from + LINE)));
		}
	}

	/**
	 * Whether the token may be there, of a line that was verified before.
	 * @param bits null where nobody knows how the line was written
	 */
	static boolean mayContain(byte[] line, long hash, @Nullable TokenBits bits) {
		if (bits == null) {
			return mayContain(line, hash, TokenBits.SPREAD) || mayContain(line, hash, TokenBits.SIX);
		}
		return has(line, hash, bits, bits.count());
	}

	/** Whether the token may be in a block, of a line that was verified before. */
	static boolean mayContain(byte[] line, long hash, int block, TokenBits bits) {
		return mayContain(line, hash, bits) && (has(line, inBlock(hash, block), bits, BLOCK_HASHES)
				|| has(line, inBlock(hash, EVERYWHERE), bits, BLOCK_HASHES));
	}

	private static boolean has(byte[] line, long hash, TokenBits bits, int count) {
		for (int i = 0; i < count; i++) {
			int bit = bits.bit(hash, i);
			if ((line[bit >> 3] & (1 << (bit & 7))) == 0) {
				return false;
			}
		}
		return true;
	}

	// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
	// 2014).
	private static long inBlock(long hash, int block) {
		long mixed = hash + (block + 2L) * 0x9E3779B97F4A7C15L;
		mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
		return mixed ^ mixed >>> 31;
	}

	private static int checksum(byte[] line) {
		CRC32C checksum = new CRC32C();
		checksum.update(line, 0, LINE - Integer.BYTES);
		return (int) checksum.getValue();
	}

}
