package dev.whence.xray;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that takes events over real HTTP, answers as it is told and remembers what it
 * acknowledged.
 */
final class IngestServer implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final List<JsonNode> events = new CopyOnWriteArrayList<>();

	private volatile CountDownLatch gate = new CountDownLatch(0);

	IngestServer() {
		this(0);
	}

	IngestServer(int port) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/ingest", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	static int unusedPort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String endpoint(int port) {
		return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
	}

	String endpoint() {
		return endpoint(this.server.getAddress().getPort());
	}

	/** A client of this server that does not wait for others. */
	XrayClient.Builder client() {
		return new XrayClient.Builder(Map.of()).endpoint(endpoint()).batchDelay(Duration.ZERO);
	}

	/** The next requests are answered so; the others are acknowledged. */
	IngestServer replies(Reply... replies) {
		this.replies.addAll(List.of(replies));
		return this;
	}

	/** Requests are read and not answered until {@link #goOn()}. */
	IngestServer hang() {
		this.gate = new CountDownLatch(1);
		return this;
	}

	void goOn() {
		this.gate.countDown();
	}

	List<Request> requests() {
		return this.requests;
	}

	/** What was acknowledged, in order. */
	List<JsonNode> events() {
		return this.events;
	}

	/** The data of the acknowledged events of a type, in order. */
	List<JsonNode> data(String type) {
		return this.events.stream()
			.filter((event) -> event.path("type").asString().equals(type))
			.map((event) -> event.path("data"))
			.toList();
	}

	@Override
	public void close() {
		goOn();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		long arrived = System.nanoTime();
		Headers headers = exchange.getRequestHeaders();
		JsonNode body;
		try (InputStream in = "gzip".equals(headers.getFirst("Content-Encoding"))
				? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
			body = JSON.readTree(in);
		}
		Request request = new Request(arrived, headers, body.path("events").size());
		this.requests.add(request);
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			exchange.close();
			return;
		}
		Reply told = this.replies.poll();
		Reply reply = (told != null) ? told : Reply.ok("{\"status\":\"ok\",\"processed\":" + request.events() + "}");
		if (reply.status() == 200) {
			body.path("events").forEach(this.events::add);
		}
		reply.headers().forEach(exchange.getResponseHeaders()::set);
		byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(reply.status(), (answer.length > 0) ? answer.length : -1);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	/**
	 * What arrived.
	 *
	 * @param nanos when, by the monotonic clock
	 */
	record Request(long nanos, Headers headers, int events) {
	}

	/** How to answer. */
	record Reply(int status, Map<String, String> headers, String body) {

		static Reply ok(String body) {
			return new Reply(200, Map.of("Content-Type", "application/json"), body);
		}

		static Reply of(int status) {
			return new Reply(status, Map.of(), "");
		}

		Reply retryAfter(String after) {
			return new Reply(this.status, Map.of("Retry-After", after), this.body);
		}

		Reply body(String body) {
			return new Reply(this.status, this.headers, body);
		}

	}

}
