package dev.whence.gateway.limit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import com.google.protobuf.UnknownFieldSet;
import dev.whence.gateway.Exchange;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LimitIT {

	private static final int LIMIT = 64 * 1024;

	private static final ServiceBehind ingest = ServiceBehind.named("ingest");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url(),
				"whence.gateway.limit.max-body=64KB", "whence.gateway.limit.body-time=1s",
				"whence.gateway.limit.key-rate=1", "whence.gateway.limit.key-burst=3",
				"whence.gateway.guard.time-limit=300ms");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		ingest.close();
	}

	@Test
	void aBodyAtTheLimitPasses() {
		assertThat(gateway.post("/ingest/logs", "x".repeat(LIMIT)).status()).isEqualTo(200);
		assertThat(chunked("/ingest/logs", LIMIT).status()).isEqualTo(200);
		assertThat(ingest.last().body()).hasSize(LIMIT);
	}

	@Test
	void anAnnouncedBodyBeyondTheLimitIsRefusedUnread() {
		int before = ingest.received().size();

		Exchange exchange = gateway.post("/ingest/logs", "x".repeat(LIMIT + 1));

		assertThat(exchange.status()).isEqualTo(413);
		assertThat(exchange.json().get("code").asString()).isEqualTo("body-too-large");
		assertThat(ingest.received()).hasSize(before);
	}

	@Test
	void aChunkedBodyBeyondTheLimitIsBrokenOff() {
		int before = ingest.received().size();

		Exchange exchange = chunked("/v1/logs", LIMIT + 1);

		assertThat(exchange.status()).isEqualTo(413);
		assertThat(exchange.header("Content-Type")).isEqualTo("application/x-protobuf");
		assertThat(ingest.received()).hasSize(before);
	}

	@Test
	void aBodyThatNeverEndsIsTheClientsFault() throws Exception {
		try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
			OutputStream out = socket.getOutputStream();
			out.write("POST /ingest/logs HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{"
				.getBytes(StandardCharsets.US_ASCII));
			out.flush();

			String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

			// Longer than the service's time limit, whose clock is not running.
			assertThat(answer).isEqualTo("HTTP/1.1 408");
		}
	}

	@Test
	void aKeyThatSendsTooMuchWaits() {
		List<Exchange> exchanges = IntStream.range(0, 5)
			.mapToObj((i) -> gateway.post("/ingest/logs", "{}", "X-Api-Key", "greedy"))
			.toList();

		assertThat(exchanges.subList(0, 3)).allMatch((exchange) -> exchange.status() == 200);
		Exchange refused = exchanges.getLast();
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("Retry-After")).isEqualTo("1");
		assertThat(refused.json().get("code").asString()).isEqualTo("rate-limited");
		assertThat(gateway.post("/ingest/logs", "{}", "X-Api-Key", "modest").status()).isEqualTo(200);
	}

	@Test
	void anOtlpClientThatSendsTooMuchReadsAStatus() throws Exception {
		Exchange refused = IntStream.range(0, 10)
			.mapToObj((i) -> gateway.post("/v1/metrics", "x", "X-Api-Key", "greedy exporter", "Content-Type",
					"application/x-protobuf"))
			.filter((exchange) -> exchange.status() != 200)
			.findFirst()
			.orElseThrow();

		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("Content-Type")).isEqualTo("application/x-protobuf");
		assertThat(refused.header("Retry-After")).isEqualTo("1");
		var status = UnknownFieldSet.parseFrom(refused.response().body());
		assertThat(status.getField(1).getVarintList()).containsExactly(8L);
		assertThat(status.getField(2).getLengthDelimitedList().getFirst().toStringUtf8()).contains("go on in 1 s");
	}

	private static Exchange chunked(String path, int length) {
		return Exchange.send(gateway.port(), "POST", path, BodyPublishers.ofInputStream(() -> zeros(length)),
				"Content-Type", "application/x-protobuf");
	}

	private static InputStream zeros(int length) {
		return new ByteArrayInputStream(new byte[length]);
	}

}
