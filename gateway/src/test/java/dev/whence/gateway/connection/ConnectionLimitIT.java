package dev.whence.gateway.connection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.whence.gateway.RawClient;
import dev.whence.gateway.RunningGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class ConnectionLimitIT {

	private static final String PING = "GET /v1/logs HTTP/1.1\r\nHost: h\r\n\r\n";

	private final List<RawClient> clients = new ArrayList<>();

	private RunningGateway gateway;

	private int otlpPort;

	private int grpcPort;

	private void start(String... settings) throws IOException {
		this.otlpPort = RawClient.freePort();
		this.grpcPort = RawClient.freePort();
		List<String> all = new ArrayList<>(
				List.of("whence.gateway.otlp.port=" + this.otlpPort, "whence.gateway.grpc.port=" + this.grpcPort));
		all.addAll(List.of(settings));
		this.gateway = RunningGateway.with(all.toArray(String[]::new));
	}

	@AfterEach
	void stop() throws IOException {
		for (RawClient client : this.clients) {
			client.close();
		}
		this.gateway.close();
	}

	@Test
	void anAddressHasSoManyConnectionsOnAllPortsTogether(CapturedOutput output) throws IOException {
		start("whence.gateway.limit.address-connections=6");
		List<RawClient> first = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			first.add(http(this.gateway.port()));
			first.add(http(this.otlpPort));
			first.add(grpc());
		}

		for (int port : List.of(this.gateway.port(), this.otlpPort, this.grpcPort)) {
			for (int i = 0; i < 10; i++) {
				connect(port).hearsTheEnd();
			}
		}

		assertThat(output.getAll().lines().filter((line) -> line.contains("as many as it may"))).hasSizeBetween(1, 3);
		first.getFirst().close();
		await().untilAsserted(() -> assertThat(connect(this.otlpPort).says(PING).hears()).startsWith("HTTP/1.1"));
		first.get(1).close();
		await().untilAsserted(() -> assertThat(this.gateway.get("/metrics").body())
			.containsPattern("whence_gateway_connections_closed_total\\{reason=\"too-many-of-address\"} [3-9]\\d")
			.contains("whence_gateway_connections 6.0"));
	}

	@Test
	void allTogetherHaveSoManyConnections() throws IOException {
		start("whence.gateway.limit.connections=2", "whence.gateway.shield.trusted-proxies=127\\.0\\.0\\.1");
		RawClient first = http(this.gateway.port());
		grpc();

		connect(this.otlpPort).hearsTheEnd();

		first.close();
		await().untilAsserted(() -> assertThat(this.gateway.get("/metrics").body())
			.contains("whence_gateway_connections_closed_total{reason=\"too-many\"}"));
	}

	@Test
	void aTrustedProxyMayHaveMoreConnectionsThanAClient() throws IOException {
		start("whence.gateway.limit.address-connections=1", "whence.gateway.shield.trusted-proxies=127\\.0\\.0\\.1");

		for (int i = 0; i < 5; i++) {
			http(this.otlpPort);
			grpc();
		}

		assertThat(this.gateway.get("/health").status()).isEqualTo(200);
	}

	/** A connection that is known to have been accepted. */
	private RawClient http(int port) throws IOException {
		RawClient client = connect(port);
		assertThat(client.says(PING).hears()).startsWith("HTTP/1.1");
		return client;
	}

	private RawClient grpc() throws IOException {
		RawClient client = connect(this.grpcPort);
		// The answer is the frame of settings that HTTP/2 begins with.
		assertThat(client.says("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0").hears()).isNotEmpty();
		return client;
	}

	private RawClient connect(int port) throws IOException {
		RawClient client = RawClient.connect(port);
		this.clients.add(client);
		return client;
	}

}
