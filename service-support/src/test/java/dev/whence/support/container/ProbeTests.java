package dev.whence.support.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeTests {

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private HttpServer server;

	private volatile int answered = 200;

	@BeforeEach
	void startAServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/readiness", (exchange) -> {
			exchange.sendResponseHeaders(this.answered, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void aReadyServiceIsHealthy() {
		assertThat(probe(url("/readiness"))).isZero();
		assertThat(this.output.toString(StandardCharsets.UTF_8)).isEmpty();
	}

	@Test
	void aServiceThatIsNotReadyIsNotHealthyAndSaysWhy() {
		this.answered = 503;
		assertThat(probe(url("/readiness"))).isEqualTo(1);
		assertThat(this.output.toString(StandardCharsets.UTF_8)).contains("answered 503");
		assertThat(probe(url("/another"))).isEqualTo(1);
	}

	@Test
	void nobodyIsNotHealthy() {
		String url = url("/readiness");
		this.server.stop(0);
		assertThat(probe(url)).isEqualTo(1);
		assertThat(this.output.toString(StandardCharsets.UTF_8)).contains("does not answer");
	}

	@Test
	void anotherProtocolIsNotHealthy() throws Exception {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread greeter = Thread.startVirtualThread(() -> {
				try (Socket client = other.accept()) {
					client.getOutputStream().write("SSH-2.0-200 200\r\n".getBytes(StandardCharsets.US_ASCII));
				}
				catch (IOException _) {
					// The probe sees it.
				}
			});
			assertThat(probe("http://127.0.0.1:" + other.getLocalPort() + "/readiness")).isEqualTo(1);
			greeter.join();
		}
	}

	@Test
	void whatIsNoAddressIsSaid() {
		assertThat(probe("https://127.0.0.1:1/readiness")).isEqualTo(1);
		assertThat(probe("8080")).isEqualTo(1);
		assertThat(probe()).isEqualTo(1);
		assertThat(this.output.toString(StandardCharsets.UTF_8)).contains("http://HOST:PORT/PATH", "usage");
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
	}

	private int probe(String... args) {
		return Probe.run(args, new PrintStream(this.output, true, StandardCharsets.UTF_8));
	}

}
