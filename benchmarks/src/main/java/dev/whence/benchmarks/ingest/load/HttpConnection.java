package dev.whence.benchmarks.ingest.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection with keep-alive, used by one thread. Reads as much of an answer
 * as a load generator needs: status, {@code Retry-After}, and the body by its length or
 * in chunks.
 */
final class HttpConnection implements AutoCloseable {

	private final InetSocketAddress address;

	private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);

	private @Nullable SocketChannel channel;

	private byte[] line = new byte[1024];

	private int retryAfterSeconds;

	private byte[] body = new byte[0];

	HttpConnection(InetSocketAddress address) {
		this.address = address;
	}

	/** Of the answer read last; 0 where it said nothing. */
	int retryAfterSeconds() {
		return this.retryAfterSeconds;
	}

	/** Of the answer read last. */
	byte[] body() {
		return this.body;
	}

	/**
	 * Sends the request and reads the answer. A connection that the server had closed in
	 * the meantime is opened again once.
	 * @return the status
	 */
	int exchange(ByteBuffer request) throws IOException {
		if (this.channel != null) {
			try {
				return exchange(this.channel, request);
			}
			catch (IOException ex) {
				close();
			}
		}
		request.rewind();
		return exchange(open(), request);
	}

	private SocketChannel open() throws IOException {
		SocketChannel opened = SocketChannel.open(this.address);
		opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
		this.channel = opened;
		this.input.clear().limit(0);
		return opened;
	}

	private int exchange(SocketChannel open, ByteBuffer request) throws IOException {
		while (request.hasRemaining()) {
			open.write(request);
		}
		String statusLine = readLine(open);
		int status = Integer.parseInt(statusLine, 9, 12, 10);
		int length = 0;
		boolean chunked = false;
		boolean last = false;
		this.retryAfterSeconds = 0;
		for (String header = readLine(open); !header.isEmpty(); header = readLine(open)) {
			int colon = header.indexOf(':');
			String value = header.substring(colon + 1).strip();
			switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
				case "content-length" -> length = Integer.parseInt(value);
				case "transfer-encoding" -> chunked = true;
				case "connection" -> last = value.equalsIgnoreCase("close");
				case "retry-after" -> this.retryAfterSeconds = Integer.parseInt(value);
				default -> {
					// Of no interest.
				}
			}
		}
		this.body = chunked ? readChunks(open) : readBytes(open, length);
		if (last) {
			close();
		}
		return status;
	}

	private byte[] readChunks(SocketChannel open) throws IOException {
		byte[] all = new byte[0];
		while (true) {
			int length = Integer.parseInt(readLine(open), 16);
			byte[] chunk = readBytes(open, length);
			readLine(open);
			if (length == 0) {
				return all;
			}
			all = Arrays.copyOf(all, all.length + length);
			System.arraycopy(chunk, 0, all, all.length - length, length);
		}
	}

	private byte[] readBytes(SocketChannel open, int length) throws IOException {
		byte[] bytes = new byte[length];
		int have = 0;
		while (have < length) {
			require(open);
			int step = Math.min(this.input.remaining(), length - have);
			this.input.get(bytes, have, step);
			have += step;
		}
		return bytes;
	}

	private String readLine(SocketChannel open) throws IOException {
		int length = 0;
		while (true) {
			require(open);
			byte next = this.input.get();
			if (next == '\n') {
				int end = (length > 0 && this.line[length - 1] == '\r') ? length - 1 : length;
				return new String(this.line, 0, end, StandardCharsets.ISO_8859_1);
			}
			if (length == this.line.length) {
				this.line = Arrays.copyOf(this.line, 2 * length);
			}
			this.line[length++] = next;
		}
	}

	private void require(SocketChannel open) throws IOException {
		while (!this.input.hasRemaining()) {
			this.input.clear();
			int read = open.read(this.input);
			this.input.flip();
			if (read < 0) {
				throw new EOFException("the server closed the connection");
			}
		}
	}

	@Override
	public void close() throws IOException {
		SocketChannel open = this.channel;
		this.channel = null;
		if (open != null) {
			open.close();
		}
	}

}
