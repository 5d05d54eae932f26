package dev.whence.gateway.shield;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.net.Socket;

import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A page whose name was pointed at loopback, on every way into the gateway. */
class HostGuardIT {

	private static final ServiceBehind ingest = ServiceBehind.named("ingest");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url(),
				"whence.security.hosts=dev.box.example");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		ingest.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /query/services", "GET /health", "GET /", "GET /openapi.json", "POST /ingest/logs",
			"POST /v1/logs", "OPTIONS /ingest/logs" })
	void aForeignNameIsRefusedBeforeAnythingElse(String request) throws IOException {
		int before = ingest.received().size();
		String answer = send(request, "rebound.evil.example:8080");
		assertThat(answer).startsWith("HTTP/1.1 403");
		assertThat(ingest.received()).hasSize(before);
	}

	@Test
	void theRefusalSaysHowToAllowMore() throws IOException {
		assertThat(send("GET /query/services", "rebound.evil.example")).contains(
				"The Host 'rebound.evil.example' is no name of the loopback interface", "set WHENCE_HOSTS",
				"WHENCE_SECURITY_MODE=required");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "localhost:1", "dev.box.example:8080" })
	void ownNamesAreServed(String host) throws IOException {
		assertThat(send("POST /ingest/logs", host)).startsWith("HTTP/1.1 200");
	}

	private static String send(String request, String host) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
			socket.getOutputStream()
				.write((request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
