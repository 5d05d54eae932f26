package dev.whence.e2e.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import tools.jackson.databind.JsonNode;

/**
 * Bodies that are not what their Content-Encoding says, or far more than they seem.
 *
 * @param encoding for the header
 */
record Compressed(String encoding, byte[] body) {

	private static final byte[] GZIP_HEAD = { 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255 };

	private static final int BLOCK = 1 << 20;

	static Compressed of(JsonNode gen) {
		byte[] log = JsonBombs.log("m", "{}").getBytes(StandardCharsets.UTF_8);
		byte[] gzip = gzip(log);
		return switch (gen.get("kind").asString()) {
			case "gzip_bomb" -> new Compressed("gzip", gzipBomb(gen.get("out").asLong()));
			case "gzip_nested" -> new Compressed("gzip, gzip", gzip(gzip));
			case "zstd_bomb" -> new Compressed("zstd", zstdBomb(gen.get("out").asLong()));
			case "deflate_raw" -> new Compressed("deflate", deflate(log, Deflater.NO_FLUSH));
			case "not_gzip" -> new Compressed("gzip", log);
			case "gzip_truncated" -> new Compressed("gzip", Arrays.copyOf(gzip, gzip.length - 8));
			case "gzip_badcrc" -> {
				gzip[gzip.length - 8] ^= 1;
				yield new Compressed("gzip", gzip);
			}
			case "gzip_multi" -> new Compressed("gzip",
					join(gzip(Arrays.copyOf(log, 40)), gzip(Arrays.copyOfRange(log, 40, log.length))));
			case "gzip_trailing" -> new Compressed("gzip", join(gzip, "garbage".getBytes(StandardCharsets.UTF_8)));
			case "enc" ->
				new Compressed(gen.get("name").asString(), gen.get("name").asString().contains("gzip") ? gzip : log);
			default -> throw new IllegalArgumentException(gen.toString());
		};
	}

	static byte[] gzip(byte[] content) {
		CRC32 crc = new CRC32();
		crc.update(content);
		return join(GZIP_HEAD, deflate(content, Deflater.NO_FLUSH), trailer(crc.getValue(), content.length));
	}

	/**
	 * A log with one long message. The block of letters is compressed once and repeated:
	 * 10 GB would take minutes. Its check sum is right only up to a size that a server
	 * might read to the end.
	 */
	private static byte[] gzipBomb(long size) {
		String[] log = JsonBombs.log("@", "{}").split("@", 2);
		byte[] head = log[0].getBytes(StandardCharsets.UTF_8);
		byte[] tail = log[1].getBytes(StandardCharsets.UTF_8);
		byte[] letters = "x".repeat(BLOCK).getBytes(StandardCharsets.UTF_8);
		long blocks = (size - head.length - tail.length) / BLOCK;
		byte[] rest = Arrays.copyOf(letters, (int) ((size - head.length - tail.length) % BLOCK));
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		bomb.writeBytes(GZIP_HEAD);
		bomb.writeBytes(deflate(head, Deflater.FULL_FLUSH));
		byte[] block = deflate(letters, Deflater.FULL_FLUSH);
		CRC32 crc = new CRC32();
		crc.update(head);
		for (long n = 0; n < blocks; n++) {
			bomb.writeBytes(block);
			if (size < 100 * BLOCK) {
				crc.update(letters);
			}
		}
		bomb.writeBytes(deflate(join(rest, tail), Deflater.NO_FLUSH));
		crc.update(rest);
		crc.update(tail);
		bomb.writeBytes(trailer(crc.getValue(), size));
		return bomb.toByteArray();
	}

	/** Blocks of one repeated byte, RFC 8878 section 3.1.1.2. */
	private static byte[] zstdBomb(long size) {
		int block = 128 * 1024;
		long blocks = size / block;
		ByteBuffer frame = ByteBuffer.allocate(6 + 4 * (int) blocks).order(ByteOrder.LITTLE_ENDIAN);
		frame.putInt(0xFD2FB528).put((byte) 0).put((byte) (7 << 3));
		for (long n = 0; n < blocks; n++) {
			int last = (n == blocks - 1) ? 1 : 0;
			frame.putInt(last | 1 << 1 | block << 3 | 'x' << 24);
		}
		return frame.array();
	}

	private static byte[] deflate(byte[] content, int flush) {
		Deflater deflater = new Deflater(9, true);
		try {
			deflater.setInput(content);
			if (flush == Deflater.NO_FLUSH) {
				deflater.finish();
			}
			byte[] buffer = new byte[content.length + 1024];
			return Arrays.copyOf(buffer, deflater.deflate(buffer, 0, buffer.length, flush));
		}
		finally {
			deflater.end();
		}
	}

	private static byte[] trailer(long crc, long size) {
		return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc).putInt((int) size).array();
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			joined.writeBytes(part);
		}
		return joined.toByteArray();
	}

}
