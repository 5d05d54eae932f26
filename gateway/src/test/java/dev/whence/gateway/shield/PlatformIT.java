package dev.whence.gateway.shield;

import java.util.List;
import java.util.stream.IntStream;

import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What Spring Boot would decide by where it finds itself. */
class PlatformIT {

	@Test
	void whereTheGatewayRunsTrustsNobodyMore() {
		try (ServiceBehind ingest = ServiceBehind.named("ingest");
				RunningGateway onKubernetes = RunningGateway.with("whence.gateway.services.ingest=" + ingest.url(),
						"spring.main.cloud-platform=kubernetes", "whence.gateway.limit.address-rate=1",
						"whence.gateway.limit.address-burst=1")) {
			List<Integer> statuses = IntStream.range(0, 5)
				.mapToObj((i) -> onKubernetes.post("/ingest/logs", "{}", "X-Forwarded-For", "10.0.0." + i).status())
				.toList();

			assertThat(statuses).contains(429);
		}
	}

}
