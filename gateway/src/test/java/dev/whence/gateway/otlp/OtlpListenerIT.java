package dev.whence.gateway.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import dev.whence.gateway.Exchange;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OutputCaptureExtension.class)
class OtlpListenerIT {

	@Test
	void theOtlpPortServesOtlpAndNothingElse() throws IOException {
		int port = freePort();
		try (ServiceBehind ingest = ServiceBehind.named("ingest");
				RunningGateway gateway = RunningGateway.with("whence.gateway.otlp.port=" + port,
						"whence.gateway.services.ingest=" + ingest.url())) {
			Exchange stored = Exchange.send(port, "POST", "/v1/logs", "{}", "X-User-Id", "spoofed");

			assertThat(stored.status()).isEqualTo(200);
			assertThat(stored.header("X-Correlation-Id")).isNotEmpty();
			assertThat(ingest.last().header("X-User-Id")).isEmpty();
			assertThat(Exchange.send(port, "POST", "/ingest/logs", "{}").status()).isEqualTo(404);
			assertThat(Exchange.send(port, "GET", "/health", "").status()).isEqualTo(404);
			assertThat(gateway.post("/v1/logs", "{}").status()).isEqualTo(200);
		}
	}

	@Test
	void aTakenPortStopsTheStartWithOneClearSentence(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatThrownBy(() -> RunningGateway.with("whence.gateway.otlp.port=" + taken.getLocalPort()).close())
				.hasRootCauseInstanceOf(IOException.class);

			assertThat(output).contains("The OTLP port " + taken.getLocalPort() + " is already in use");
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
