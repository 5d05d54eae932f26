package dev.whence.gateway.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import io.grpc.KnownLength;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Takes a message out of gRPC, inflated as it comes, in parts that are never copied
 * together.
 */
final class BodyReader {

	private static final int PART = 64 * 1024;

	private BodyReader() {
	}

	/**
	 * Reads to the end.
	 * @return the whole message, or null if there was no room for it
	 */
	static @Nullable ByteBuf read(InputStream message, HeldBytes held) throws IOException {
		boolean known = message instanceof KnownLength;
		int size = known ? message.available() : PART;
		List<ByteBuf> parts = new ArrayList<>();
		boolean more;
		do {
			if (!held.hold(size)) {
				return null;
			}
			byte[] part = new byte[size];
			int read = message.readNBytes(part, 0, size);
			parts.add(Unpooled.wrappedBuffer(part, 0, read));
			more = !known && read == size;
		}
		while (more);
		return Unpooled.wrappedBuffer(parts.toArray(ByteBuf[]::new));
	}

}
