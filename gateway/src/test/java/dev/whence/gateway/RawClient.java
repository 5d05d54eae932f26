package dev.whence.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection over which a test says what no well-behaved client would. */
public record RawClient(Socket socket) implements AutoCloseable {

	/** Longer than any test's limits: a read that takes this long fails the test. */
	private static final int PATIENCE_MILLIS = 20_000;

	public static RawClient connect(int port) throws IOException {
		Socket socket = new Socket("127.0.0.1", port);
		socket.setSoTimeout(PATIENCE_MILLIS);
		socket.setTcpNoDelay(true);
		return new RawClient(socket);
	}

	/** A port that nobody listens on. */
	public static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	public RawClient says(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	/**
	 * The next bytes that arrive, as many as there are; empty if the other side closed.
	 */
	public String hears() throws IOException {
		byte[] buffer = new byte[4096];
		int length = read(this.socket.getInputStream(), buffer);
		return new String(buffer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
	}

	/** All that arrives until something was said. */
	public String hearsUpTo(String end) throws IOException {
		StringBuilder heard = new StringBuilder();
		while (heard.indexOf(end) < 0) {
			String more = hears();
			if (more.isEmpty()) {
				throw new EOFException("closed after: " + heard);
			}
			heard.append(more);
		}
		return heard.toString();
	}

	/** Waits until the other side closes, whatever it says before. */
	public void hearsTheEnd() throws IOException {
		byte[] buffer = new byte[4096];
		while (read(this.socket.getInputStream(), buffer) >= 0) {
			// Not of interest.
		}
	}

	/**
	 * Whether the other side has closed, which is waited for as long as the socket may.
	 */
	public boolean isCutOffAfter(String text) throws IOException {
		try {
			says(text);
		}
		catch (SocketException ex) {
			return true;
		}
		try {
			return read(this.socket.getInputStream(), new byte[4096]) < 0;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	private static int read(InputStream in, byte[] buffer) throws IOException {
		try {
			return in.read(buffer);
		}
		catch (SocketException ex) {
			// Closed before everything was read.
			return -1;
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
