package dev.whence.gateway.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The ways in which HTTP/1.1 clients send bodies. */
class BodyTransferIT {

	private static final String PART = "0123456789abcdef".repeat(4096);

	private static final ServiceBehind ingest = ServiceBehind.named("ingest");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url(),
				"whence.gateway.limit.max-body=1MB");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		ingest.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/logs", "/v1/traces", "/ingest/logs", "/ingest/batch" })
	void aChunkedBodyArrivesWhole(String path) throws IOException {
		try (Socket socket = connect()) {
			send(socket, "POST " + path + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
			send(socket, chunk("a") + chunk(PART));
			send(socket, chunk(PART) + chunk("z") + "0\r\nX-Trailer: t\r\n\r\n");

			assertThat(head(socket)).startsWith("HTTP/1.1 200");
			assertThat(ingest.last().uri()).isEqualTo(path);
			assertThat(ingest.last().body()).asString().isEqualTo("a" + PART + PART + "z");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/logs", "/ingest/logs" })
	void aClientThatAsksFirstIsToldToGoOn(String path) throws IOException {
		try (Socket socket = connect()) {
			send(socket, "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + PART.length()
					+ "\r\nExpect: 100-continue\r\n\r\n");
			assertThat(head(socket)).startsWith("HTTP/1.1 100");

			send(socket, PART);

			assertThat(head(socket)).startsWith("HTTP/1.1 200");
			assertThat(ingest.last().body()).asString().isEqualTo(PART);
		}
	}

	@Test
	void aClientThatAsksFirstIsRefusedBeforeItSends() throws IOException {
		int before = ingest.received().size();
		try (Socket socket = connect()) {
			send(socket, "POST /v1/logs HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-protobuf\r\n"
					+ "Content-Length: 2000000\r\nExpect: 100-continue\r\n\r\n");

			assertThat(head(socket)).startsWith("HTTP/1.1 413").contains("application/x-protobuf");
		}
		assertThat(ingest.received()).hasSize(before);
	}

	private static Socket connect() throws IOException {
		Socket socket = new Socket("127.0.0.1", gateway.port());
		socket.setSoTimeout(10_000);
		return socket;
	}

	private static String chunk(String content) {
		return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
	}

	private static void send(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	private static String head(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			assertThat(next).as("the connection ended after: " + head).isNotNegative();
			head.append((char) next);
		}
		return head.toString();
	}

}
