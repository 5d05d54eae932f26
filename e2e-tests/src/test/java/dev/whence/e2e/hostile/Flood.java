package dev.whence.e2e.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import tools.jackson.databind.JsonNode;

/**
 * Many connections that want to be waited for, from addresses of their own: what one
 * address may have is limited, and the other cases go on meanwhile.
 */
final class Flood {

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private static final int HEADERS = 1;

	private static final int RST_STREAM = 3;

	private static final int SETTINGS = 4;

	private static final int CANCEL = 8;

	/** Longer than the gateway's own, in milliseconds. */
	private static final int IDLE_PATIENCE = 100_000;

	private Flood() {
	}

	/**
	 * Bodies that come byte by byte. With a credential, although the list sends none:
	 * without, each would be refused at once.
	 */
	static List<Answer> slowBodies(Wire wire, String key, JsonNode gen) {
		byte[] head = ("POST /ingest/logs HTTP/1.1\r\nHost: h\r\nX-Api-Key: " + key
				+ "\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
		List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
		try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
				ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
			List<Future<?>> running = new ArrayList<>();
			for (int n = 0; n < gen.get("conns").asInt(); n++) {
				running.add(readers.submit(() -> {
					try (Socket socket = wire.connect()) {
						long begun = System.nanoTime();
						socket.getOutputStream().write(head);
						clock.scheduleAtFixedRate(() -> drip(socket), 1, 1, TimeUnit.SECONDS);
						answers.add(Wire.read(socket, begun, true));
					}
					return null;
				}));
			}
			join(running);
			clock.shutdownNow();
		}
		return answers;
	}

	/** Connections on which nothing is said. */
	static List<Answer> idle(Wire wire, JsonNode gen) {
		List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
		try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> running = new ArrayList<>();
			for (int n = 0; n < gen.get("conns").asInt(); n++) {
				running.add(readers.submit(() -> {
					try (Socket socket = wire.connect()) {
						socket.setSoTimeout(IDLE_PATIENCE);
						answers.add(Wire.read(socket, System.nanoTime(), false));
					}
					return null;
				}));
			}
			join(running);
		}
		return answers;
	}

	/** Streams that are cancelled as soon as they are opened (CVE-2023-44487). */
	static List<Answer> rapidReset(List<Integer> ports, JsonNode gen) throws IOException {
		ByteArrayOutputStream flood = new ByteArrayOutputStream();
		flood.writeBytes(PREFACE);
		flood.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
		byte[] headers = headers();
		for (int n = 0; n < gen.get("streams").asInt(); n++) {
			flood.writeBytes(frame(HEADERS, 4, 2 * n + 1, headers));
			flood.writeBytes(frame(RST_STREAM, 0, 2 * n + 1, ByteBuffer.allocate(4).putInt(CANCEL).array()));
		}
		List<Answer> answers = new ArrayList<>();
		for (int port : ports) {
			long begun = System.nanoTime();
			try (Socket socket = new Wire(port).connect()) {
				socket.setSoTimeout(5000);
				Thread.ofVirtual().start(() -> {
					try {
						socket.getOutputStream().write(flood.toByteArray());
					}
					catch (IOException _) {
						// It has had enough.
					}
				});
				Answer answer = Wire.read(socket, begun, false);
				drain(socket);
				// Frames of HTTP/2 are no answer that could be read here.
				answers.add((answer.status() == 0) ? answer.asClosed() : answer);
			}
		}
		return answers;
	}

	private static void drip(Socket socket) {
		try {
			OutputStream out = socket.getOutputStream();
			out.write(' ');
		}
		catch (IOException ex) {
			throw new IllegalStateException("ends the dripping", ex);
		}
	}

	private static void drain(Socket socket) throws IOException {
		try {
			socket.getInputStream().skipNBytes(Long.MAX_VALUE);
		}
		catch (SocketTimeoutException _) {
			// It has dealt with all of it.
		}
		catch (IOException _) {
			// It hung up, as it may.
		}
	}

	private static void join(List<Future<?>> running) {
		for (Future<?> future : running) {
			try {
				future.get(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS);
			}
			catch (ExecutionException _) {
				// No connection was to be had: as good as closed.
			}
			catch (TimeoutException ex) {
				throw new IllegalStateException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}
	}

	/** RFC 9113, section 4.1. */
	private static byte[] frame(int type, int flags, int stream, byte[] payload) {
		return ByteBuffer.allocate(9 + payload.length)
			.put((byte) (payload.length >> 16))
			.putShort((short) payload.length)
			.put((byte) type)
			.put((byte) flags)
			.putInt(stream)
			.put(payload)
			.array();
	}

	/**
	 * A call of gRPC in HPACK, RFC 7541: indexed fields and literals without indexing.
	 */
	private static byte[] headers() {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		block.write(0x83);
		block.write(0x86);
		literal(block, "/opentelemetry.proto.collector.logs.v1.LogsService/Export", 0x04);
		literal(block, "127.0.0.1", 0x01);
		literal(block, "application/grpc", 0x0f, 31 - 15);
		return block.toByteArray();
	}

	private static void literal(ByteArrayOutputStream block, String value, int... name) {
		for (int octet : name) {
			block.write(octet);
		}
		block.write(value.length());
		block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
	}

}
