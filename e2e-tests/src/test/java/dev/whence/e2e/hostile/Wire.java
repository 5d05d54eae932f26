package dev.whence.e2e.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection for one request whose bytes nobody improves: no client library lets
 * through what is sent here.
 */
final class Wire {

	private static final int HEAD_START = 256 * 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(45);

	private final int port;

	private final InetAddress address;

	Wire(int port) {
		this(port, InetAddress.getLoopbackAddress());
	}

	private Wire(int port, InetAddress address) {
		this.port = port;
		this.address = address;
	}

	/**
	 * The same server, seen by another client: on Linux all of 127.0.0.0/8 is this
	 * machine.
	 */
	Wire from(String address) {
		return new Wire(this.port, InetAddress.ofLiteral(address));
	}

	Socket connect() throws IOException {
		Socket socket = new Socket();
		socket.bind(new InetSocketAddress(this.address, 0));
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 20_000);
		socket.setTcpNoDelay(true);
		socket.setSoTimeout((int) PATIENCE.toMillis());
		return socket;
	}

	/** Sends all of it and reads the answer, be it early. */
	Answer exchange(byte[] request) throws IOException {
		long begun = System.nanoTime();
		try (Socket socket = connect()) {
			return exchange(socket, request, begun);
		}
	}

	/** As {@link #exchange(byte[])}, and sees whether the server then hangs up. */
	Answer exchangeToTheEnd(byte[] request) throws IOException {
		long begun = System.nanoTime();
		try (Socket socket = connect()) {
			socket.getOutputStream().write(request);
			Answer answer = read(socket, begun, false);
			return (answer.closed() || !hangsUp(socket)) ? answer : answer.asClosed();
		}
		catch (SocketException _) {
			return Answer.none(since(begun), true);
		}
	}

	/** As {@link #exchange(byte[])}, but ends our side afterwards. */
	Answer exchangeAndFinish(byte[] request) throws IOException {
		long begun = System.nanoTime();
		try (Socket socket = connect()) {
			socket.getOutputStream().write(request);
			socket.shutdownOutput();
			return read(socket, begun, false);
		}
	}

	private static Answer exchange(Socket socket, byte[] request, long begun) throws IOException {
		int first = Math.min(request.length, HEAD_START);
		socket.getOutputStream().write(request, 0, first);
		if (first == request.length) {
			return read(socket, begun, false);
		}
		// Who refuses a body for its size does so now.
		socket.setSoTimeout(1000);
		InputStream in = new BufferedInputStream(socket.getInputStream());
		in.mark(1);
		boolean early = false;
		try {
			early = in.read() >= 0;
			in.reset();
		}
		catch (SocketTimeoutException _) {
			// It wants to see the rest.
		}
		socket.setSoTimeout((int) PATIENCE.toMillis());
		if (!early) {
			Thread.ofVirtual().start(() -> {
				try {
					socket.getOutputStream().write(request, first, request.length - first);
				}
				catch (IOException _) {
					// It has read enough.
				}
			});
		}
		return read(in, begun, early);
	}

	/** Reads one answer from a connection on which a request was sent. */
	static Answer read(Socket socket, long begun, boolean early) throws IOException {
		return read(new BufferedInputStream(socket.getInputStream()), begun, early);
	}

	private static Answer read(InputStream in, long begun, boolean early) {
		Map<String, String> headers = new HashMap<>();
		int status;
		byte[] body;
		try {
			do {
				String line = line(in);
				if (!line.startsWith("HTTP/1.")) {
					return Answer.none(since(begun), true);
				}
				status = Integer.parseInt(line.substring(9, 12));
				for (line = line(in); !line.isEmpty(); line = line(in)) {
					int colon = line.indexOf(':');
					headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
				}
			}
			while (status < 200);
		}
		catch (SocketTimeoutException _) {
			return Answer.none(since(begun), false);
		}
		catch (IOException _) {
			return Answer.none(since(begun), true);
		}
		try {
			body = (status == 204) ? new byte[0] : body(in, headers);
		}
		catch (IOException _) {
			// A refused client may be cut off within the explanation.
			body = new byte[0];
		}
		Duration took = since(begun);
		return new Answer(status, headers, body, took, headers.getOrDefault("connection", "").equals("close"), early);
	}

	private static boolean hangsUp(Socket socket) throws IOException {
		socket.setSoTimeout(3000);
		try {
			return socket.getInputStream().readAllBytes() != null;
		}
		catch (SocketTimeoutException _) {
			return false;
		}
	}

	private static Duration since(long begun) {
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
		if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
				body.write(exactly(in, size));
				line(in);
			}
			line(in);
			return body.toByteArray();
		}
		if (headers.containsKey("content-length")) {
			return exactly(in, Integer.parseInt(headers.get("content-length")));
		}
		return in.readAllBytes();
	}

	private static int chunkSize(InputStream in) throws IOException {
		return Integer.parseInt(line(in).strip(), 16);
	}

	private static byte[] exactly(InputStream in, int size) throws IOException {
		byte[] bytes = in.readNBytes(size);
		if (bytes.length < size) {
			throw new EOFException("the answer ends after " + bytes.length + " of " + size + " bytes");
		}
		return bytes;
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream(64);
		for (int c = in.read(); c != '\n'; c = in.read()) {
			if (c < 0) {
				throw new EOFException("the connection ends within an answer's head");
			}
			if (c != '\r') {
				line.write(c);
			}
		}
		return line.toString(StandardCharsets.ISO_8859_1);
	}

}
