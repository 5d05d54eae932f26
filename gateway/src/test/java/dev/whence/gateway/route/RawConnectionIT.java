package dev.whence.gateway.route;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.whence.gateway.Exchange;
import dev.whence.gateway.RawClient;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What no well-behaved client library would send. */
class RawConnectionIT {

	private static final ServiceBehind ingest = ServiceBehind.named("ingest");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		ingest.close();
	}

	@AfterEach
	void theGatewayLives() {
		assertThat(gateway.get("/health").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST /ingest/logs HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
			"POST /ingest/logs HTTP/1.1\r\nHost: h\r\nContent-Length: +10\r\n\r\n0123456789",
			"POST /ingest/logs HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
			"POST /ingest/logs HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
			"GET /ingest/health HTTP/1.1\r\nHost: h\r\nX-A: a\0b\r\n\r\n" })
	void aMalformedRequestReachesNoService(String request) throws IOException {
		int before = ingest.received().size();

		String answer = send(request);

		assertThat(answer).startsWith("HTTP/1.1 400");
		assertThat(ingest.received()).hasSize(before);
	}

	@Test
	void lengthAndChunksTogetherAreOneRequestAtMost() throws IOException {
		int before = ingest.received().size();

		send("POST /ingest/logs HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG");

		assertThat(ingest.received().size() - before).isLessThanOrEqualTo(1);
		assertThat(ingest.received().stream().map(ServiceBehind.Received::method)).doesNotContain("G", "GPOST");
	}

	@Test
	void aClientThatHangsUpInTheMiddleLeavesNothingBehind() throws IOException {
		int before = ingest.received().size();
		try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
			socket.setSoLinger(true, 0);
			socket.getOutputStream()
				.write("POST /ingest/logs HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{\"a\""
					.getBytes(StandardCharsets.US_ASCII));
		}
		await().pollDelay(Duration.ofMillis(200)).untilAsserted(() -> assertThat(ingest.received()).hasSize(before));
	}

	@Test
	void requestsThatComeBeforeTheAnswerAreAnsweredInTurn() throws IOException {
		ingest.answers(ServiceBehind.text(200, "ingest"));
		String waitsForIngest = "POST /ingest/logs HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}";
		String refusedAtOnce = "GET /a;b HTTP/1.1\r\nHost: h\r\n\r\n";
		try (RawClient client = RawClient.connect(gateway.port())) {
			for (int i = 0; i < 3; i++) {
				client.says(waitsForIngest + refusedAtOnce + waitsForIngest);
				String heard = client.hearsUpTo("ingest");
				if (heard.indexOf("ingest") == heard.lastIndexOf("ingest")) {
					heard += client.hearsUpTo("ingest");
				}

				assertThat(heard).matches("(?s)HTTP/1.1 200.*HTTP/1.1 400.*HTTP/1.1 200.*");
			}
		}
	}

	@Test
	void tooManyHeadersAreRefused() throws IOException {
		String headers = "X-Header: value\r\n".repeat(10_000);

		assertThat(send("GET /health HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n"))
			.matches("(?s)HTTP/1.1 4(31|00|13).*");
	}

	@Test
	void anUnknownMethodIsNoFailureOfTheGateway() {
		ingest.answers(ServiceBehind.text(405, ""));

		assertThat(Exchange.send(gateway.port(), "FOO", "/ingest/logs", "").status()).isEqualTo(405);
		assertThat(Exchange.send(gateway.port(), "POST", "/health", "").status()).isEqualTo(405);
	}

	private static String send(String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
			socket.setSoTimeout(5000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			byte[] buffer = new byte[1024];
			int length = socket.getInputStream().read(buffer);
			return new String(buffer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
		}
	}

}
