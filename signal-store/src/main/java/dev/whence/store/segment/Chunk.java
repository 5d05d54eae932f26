package dev.whence.store.segment;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.whence.store.column.DamagedColumnException;

/**
 * A piece of a segment that is read as a whole: a zstd frame with its size and a checksum
 * of its content (RFC 8878, section 3.1.1), so that a flipped bit is noticed here.
 */
final class Chunk implements AutoCloseable {

	/** The fastest: like stands beside like already. */
	private static final int LEVEL = 1;

	/** No piece is larger, whatever its header says. */
	private static final long LARGEST = 256L * 1024 * 1024;

	/**
	 * Contexts that nobody uses now: making one takes longer than reading a small piece.
	 */
	private static final BlockingQueue<ZstdDecompressCtx> IDLE = new ArrayBlockingQueue<>(
			2 * Runtime.getRuntime().availableProcessors());

	private final ZstdCompressCtx compressing = new ZstdCompressCtx().setLevel(LEVEL)
		.setChecksum(true)
		.setContentSize(true);

	byte[] compress(byte[] content) {
		return this.compressing.compress(content);
	}

	@Override
	public void close() {
		this.compressing.close();
	}

	/**
	 * @throws DamagedColumnException when these are not the bytes that were written
	 */
	static byte[] decompress(byte[] frame) {
		// The library answers nothing with an index out of range.
		long size = (frame.length > 0) ? Zstd.getFrameContentSize(frame) : -1;
		if (size < 0 || size > LARGEST) {
			throw new DamagedColumnException("no zstd frame begins here");
		}
		ZstdDecompressCtx idle = IDLE.poll();
		ZstdDecompressCtx context = (idle != null) ? idle : new ZstdDecompressCtx();
		try {
			return context.decompress(frame, (int) size);
		}
		catch (ZstdException ex) {
			context.reset();
			throw new DamagedColumnException("the checksum of " + frame.length + " bytes does not hold", ex);
		}
		finally {
			if (!IDLE.offer(context)) {
				context.close();
			}
		}
	}

}
