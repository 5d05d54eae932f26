package dev.whence.e2e.fire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection at a time to one port. A library would cost more than what it
 * loads, and might repeat a request by itself, which must not happen unseen here: an
 * answer counts only when it was read to its end.
 */
final class PlainConnection implements AutoCloseable {

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private final int port;

	private final Duration patience;

	private @Nullable Socket socket;

	private InputStream in = InputStream.nullInputStream();

	/**
	 * @param patience how long the server may be silent
	 */
	PlainConnection(int port, Duration patience) {
		this.port = port;
		this.patience = patience;
	}

	/** The bytes of a POST, for {@link #exchange}. */
	static byte[] post(String path, String contentType, String key, byte[] body) {
		byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: " + key + "\r\nContent-Type: "
				+ contentType + "\r\nContent-Length: " + body.length + "\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
		byte[] request = new byte[head.length + body.length];
		System.arraycopy(head, 0, request, 0, head.length);
		System.arraycopy(body, 0, request, head.length, body.length);
		return request;
	}

	/** The bytes of a GET, for {@link #exchange}. */
	static byte[] get(String path, String key) {
		return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: " + key + "\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Sends a request and reads its answer.
	 * @throws IOException when the connection cannot be made, breaks or stays silent; the
	 * next call makes a new one
	 */
	Answer exchange(byte[] request) throws IOException {
		boolean done = false;
		try {
			Socket connected = connected();
			connected.getOutputStream().write(request);
			Answer answer = read();
			done = !answer.closes();
			return answer;
		}
		finally {
			if (!done) {
				close();
			}
		}
	}

	@Override
	public void close() {
		Socket open = this.socket;
		this.socket = null;
		if (open != null) {
			try {
				open.close();
			}
			catch (IOException _) {
				// It is gone either way.
			}
		}
	}

	private Socket connected() throws IOException {
		Socket open = this.socket;
		if (open != null) {
			return open;
		}
		Socket fresh = new Socket();
		this.socket = fresh;
		fresh.setTcpNoDelay(true);
		fresh.setSoTimeout((int) this.patience.toMillis());
		fresh.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), (int) CONNECT.toMillis());
		this.in = new BufferedInputStream(fresh.getInputStream(), 4096);
		return fresh;
	}

	private Answer read() throws IOException {
		String status = line();
		if (!status.startsWith("HTTP/1.1 ")) {
			throw new IOException("no HTTP: " + status);
		}
		Map<String, String> headers = new HashMap<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
		}
		return new Answer(Integer.parseInt(status.substring(9, 12)), headers, body(headers));
	}

	private byte[] body(Map<String, String> headers) throws IOException {
		if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			for (int size = chunkSize(); size > 0; size = chunkSize()) {
				body.write(exactly(size));
				line();
			}
			line();
			return body.toByteArray();
		}
		return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(line().strip(), 16);
	}

	private byte[] exactly(int size) throws IOException {
		byte[] bytes = this.in.readNBytes(size);
		if (bytes.length < size) {
			throw new EOFException("the answer ends after " + bytes.length + " of " + size + " bytes");
		}
		return bytes;
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream(64);
		for (int c = this.in.read(); c != '\n'; c = this.in.read()) {
			if (c < 0) {
				throw new EOFException("the connection ends within an answer's head");
			}
			if (c != '\r') {
				line.write(c);
			}
		}
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	/**
	 * What came back.
	 *
	 * @param headers names in lower case
	 */
	record Answer(int status, Map<String, String> headers, byte[] body) {

		boolean isSuccess() {
			return this.status >= 200 && this.status < 300;
		}

		/** Whether the same request may succeed later. */
		boolean isTransient() {
			return this.status == 429 || this.status == 502 || this.status == 503 || this.status == 504;
		}

		String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		private boolean closes() {
			return this.headers.getOrDefault("connection", "").equalsIgnoreCase("close");
		}

	}

}
