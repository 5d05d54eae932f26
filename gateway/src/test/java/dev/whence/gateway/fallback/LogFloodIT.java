package dev.whence.gateway.fallback;

import java.io.IOException;

import dev.whence.gateway.RawClient;
import dev.whence.gateway.RunningGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that wants the log to be full. */
@ExtendWith(OutputCaptureExtension.class)
class LogFloodIT {

	private static final int REQUESTS = 60;

	/** Two reasons, each of which may fall into two spans of ten seconds. */
	private static final int FEW = 4;

	private static RunningGateway gateway;

	private static int grpcPort;

	@BeforeAll
	static void start() throws IOException {
		grpcPort = RawClient.freePort();
		gateway = RunningGateway.with("whence.gateway.services.ingest=http://127.0.0.1:9",
				"whence.gateway.services.query=http://127.0.0.1:9", "whence.gateway.grpc.port=" + grpcPort,
				"whence.gateway.limit.key-rate=1", "whence.gateway.limit.key-burst=1");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@Test
	void requestsOfAServiceThatIsDownWriteALineOrTwo(CapturedOutput output) {
		long before = lines(output);
		for (int i = 0; i < REQUESTS; i++) {
			assertThat(gateway.post("/ingest/logs", "{}").status()).isEqualTo(503);
		}

		assertThat(lines(output) - before).isBetween(1L, (long) FEW);
	}

	@Test
	void requestsBeyondALimitWriteALineOrTwo(CapturedOutput output) {
		long before = lines(output);
		for (int i = 0; i < REQUESTS; i++) {
			gateway.post("/ingest/logs", "{}", "X-Api-Key", "greedy");
		}

		assertThat(gateway.get("/metrics").body()).contains("whence_gateway_refused_total{code=\"rate-limited\"}");
		assertThat(lines(output) - before).isBetween(1L, (long) FEW);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense\r\n\r\n", "GET /health HTTP/1.1\r\nHost: h\r\nX-A: a\0b\r\n\r\n",
			"POST /ingest/logs HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
			"POST /query/signals HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n" })
	void whatIsNoHttpWritesALineOrTwo(String nonsense, CapturedOutput output) throws IOException {
		long before = lines(output);
		for (int i = 0; i < REQUESTS; i++) {
			say(nonsense, gateway.port());
		}

		assertThat(lines(output) - before).isLessThanOrEqualTo(FEW);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense that is no preface of HTTP/2\r\n\r\n",
			"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense that is no frame",
			// A frame of settings, then headers that cannot be decoded.
			"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0" + "\0\0\4\1\5\0\0\0\1\u007f\u007f\u007f\u007f",
			// Then headers without any method or path.
			"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0" + "\0\0\0\1\5\0\0\0\1" + "\0\0\0\1\5\0\0\0\2" })
	void whatIsNoGrpcWritesALineOrTwo(String nonsense, CapturedOutput output) throws IOException {
		long before = lines(output);
		for (int i = 0; i < REQUESTS; i++) {
			say(nonsense, grpcPort);
		}

		assertThat(lines(output) - before).isLessThanOrEqualTo(FEW);
	}

	private static void say(String nonsense, int port) throws IOException {
		try (RawClient client = RawClient.connect(port)) {
			client.says(nonsense);
			client.socket().shutdownOutput();
			client.hearsTheEnd();
		}
	}

	private static long lines(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains("WARN") || line.contains("ERROR") || line.contains(" INFO "))
			.count();
	}

}
