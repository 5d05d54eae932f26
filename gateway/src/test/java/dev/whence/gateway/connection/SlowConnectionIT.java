package dev.whence.gateway.connection;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.whence.gateway.Exchange;
import dev.whence.gateway.RawClient;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that hold connections by saying little. */
class SlowConnectionIT {

	private static final String HEAD = "POST /v1/logs HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n";

	/** As HTTP/2 begins, followed by a frame of settings without any. */
	private static final String HTTP2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

	private static final ServiceBehind ingest = ServiceBehind.named("ingest");

	private static RunningGateway gateway;

	private static int otlpPort;

	private static int grpcPort;

	@BeforeAll
	static void start() throws IOException {
		otlpPort = RawClient.freePort();
		grpcPort = RawClient.freePort();
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url(),
				"whence.gateway.otlp.port=" + otlpPort, "whence.gateway.grpc.port=" + grpcPort,
				"server.netty.idle-timeout=1s", "whence.gateway.limit.body-time=2s");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		ingest.close();
	}

	static IntStream bothPorts() {
		return IntStream.of(gateway.port(), otlpPort);
	}

	static Stream<String> beginningsOfGrpc() {
		return Stream.of("", "PRI * HT", HTTP2, HTTP2 + "\0\0\20\1\4\0\0\0\1");
	}

	@ParameterizedTest
	@MethodSource("bothPorts")
	void aSilentConnectionIsClosed(int port) throws IOException {
		try (RawClient client = RawClient.connect(port)) {
			client.hearsTheEnd();
		}
	}

	@ParameterizedTest
	@MethodSource("bothPorts")
	void aConnectionThatStopsWithinAHeadIsClosed(int port) throws IOException {
		try (RawClient client = RawClient.connect(port)) {
			client.says(HEAD.substring(0, 30)).hearsTheEnd();
		}
	}

	@ParameterizedTest
	@MethodSource("bothPorts")
	void aConnectionThatStopsWithinItsSecondHeadIsClosed(int port) throws IOException {
		try (RawClient client = RawClient.connect(port)) {
			assertThat(client.says(HEAD + "body").hears()).startsWith("HTTP/1.1 200");
			client.says(HEAD.substring(0, 30)).hearsTheEnd();
		}
	}

	@ParameterizedTest
	@MethodSource("bothPorts")
	void aHeadThatArrivesByteByByteIsNotWaitedForForever(int port) throws Exception {
		assertThat(isCutOff(port, "POST /v1/logs HTTP/1.1\r\nX-Endless: ")).isTrue();
	}

	@ParameterizedTest
	@MethodSource("bothPorts")
	void aBodyThatNobodyReadsIsNotWaitedForForever(int port) throws Exception {
		assertThat(isCutOff(port, "POST /nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n")).isTrue();
		assertThat(gateway.get("/metrics").body())
			.containsPattern("whence_gateway_connections_closed_total\\{reason=\"too-slow\"} [1-9]");
	}

	@ParameterizedTest
	@MethodSource("beginningsOfGrpc")
	void aConnectionThatNeverCallsIsClosed(String beginning) throws IOException {
		try (RawClient client = RawClient.connect(grpcPort)) {
			client.says(beginning).hearsTheEnd();
		}
	}

	@ParameterizedTest
	@MethodSource("bothPorts")
	void anAnswerThatTakesLongerThanARequestMayIsWaitedFor(int port) throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		ingest.answers((exchange) -> {
			try {
				never.await(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			ServiceBehind.text(200, "late").to(exchange);
		});
		Exchange exchange = Exchange.send(port, "POST", "/v1/logs", "body");
		ingest.answers(ServiceBehind.text(200, "ingest"));

		assertThat(exchange.body()).isEqualTo("late");
	}

	@Test
	void aRequestInTwoPiecesIsARequest() throws IOException {
		try (RawClient client = RawClient.connect(otlpPort)) {
			for (int i = 0; i < 3; i++) {
				client.says(HEAD.substring(0, 30));
				client.says(HEAD.substring(30) + "bo");
				assertThat(client.says("dy").hearsUpTo("ingest")).startsWith("HTTP/1.1 200");
			}
		}
	}

	/** Keeps sending, a byte every tenth of a second, until nobody takes it. */
	private static boolean isCutOff(int port, String beginning) throws Exception {
		try (RawClient client = RawClient.connect(port)) {
			client.says(beginning);
			client.socket().setSoTimeout(100);
			for (int i = 0; i < 200; i++) {
				if (client.isCutOffAfter("x")) {
					return true;
				}
			}
			return false;
		}
	}

}
