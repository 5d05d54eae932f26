package dev.whence.gateway.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.whence.gateway.RawClient;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that was told to end, as its clients see it. */
class LeavingIT {

	private static final String READINESS = "GET /readiness HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private static final String LOG = "POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";

	private static final String SEARCH = "GET /query/signals HTTP/1.1\r\nHost: localhost\r\n\r\n";

	@Test
	void whileItLeavesEverythingIsAnsweredOnceMoreOnEachConnectionAndNewOnesAreTaken() throws Exception {
		try (ServiceBehind service = ServiceBehind.named("behind");
				RunningGateway gateway = RunningGateway.with("whence.drain.time=5s",
						"whence.gateway.services.ingest=" + service.url(),
						"whence.gateway.services.query=" + service.url());
				RawClient sender = RawClient.connect(gateway.port());
				RawClient reader = RawClient.connect(gateway.port())) {
			int port = gateway.port();
			assertThat(sender.says(LOG).hearsUpTo("behind")).startsWith("HTTP/1.1 200")
				.doesNotContainIgnoringCase("connection: close");
			assertThat(reader.says(SEARCH).hearsUpTo("behind")).doesNotContainIgnoringCase("connection: close");
			assertThat(gateway.get("/readiness").status()).isEqualTo(200);

			CompletableFuture<Void> end = CompletableFuture.runAsync(gateway::close);
			Awaitility.await("the gateway to say that it leaves").until(() -> {
				try (RawClient probe = RawClient.connect(port)) {
					return probe.says(READINESS).hearsUpTo("\r\n\r\n").startsWith("HTTP/1.1 503");
				}
			});
			for (RawClient client : new RawClient[] { sender, reader }) {
				String answer = client.says((client == sender) ? LOG : SEARCH).hearsUpTo("behind");
				assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
				client.hearsTheEnd();
			}
			try (RawClient late = RawClient.connect(port)) {
				assertThat(late.says(LOG).hearsUpTo("behind")).startsWith("HTTP/1.1 200")
					.containsIgnoringCase("connection: close");
			}
			assertThat(end).isNotDone();
			end.get(60, TimeUnit.SECONDS);
		}
	}

}
