package dev.whence.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A service behind the gateway: answers as it is told and remembers what it was asked.
 */
public final class ServiceBehind implements AutoCloseable {

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private volatile Answer answer;

	private ServiceBehind(int port, Answer answer) {
		this.answer = answer;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	/** Answers every request with 200 and its name. */
	public static ServiceBehind named(String name) {
		return new ServiceBehind(0, text(200, name));
	}

	/** Comes (back) up on a port. */
	public static ServiceBehind named(String name, int port) {
		return new ServiceBehind(port, text(200, name));
	}

	public static Answer text(int status, String body, String... headers) {
		return (exchange) -> {
			for (int i = 0; i < headers.length; i += 2) {
				exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
			}
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
			exchange.getResponseBody().write(bytes);
		};
	}

	public void answers(Answer answer) {
		this.answer = answer;
	}

	public String url() {
		return "http://127.0.0.1:" + port();
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	public Received last() {
		return this.received.getLast();
	}

	public List<Received> received() {
		return this.received;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			Headers headers = new Headers();
			headers.putAll(exchange.getRequestHeaders());
			this.received
				.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
			this.answer.to(exchange);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** How the service answers. */
	@FunctionalInterface
	public interface Answer {

		void to(HttpExchange exchange) throws IOException;

	}

	/** A request that reached the service with its whole body. */
	public record Received(String method, String uri, Headers headers, byte[] body) {

		public String header(String name) {
			String value = this.headers.getFirst(name);
			return (value != null) ? value : "";
		}

	}

}
