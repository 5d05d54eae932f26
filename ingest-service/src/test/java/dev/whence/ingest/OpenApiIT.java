package dev.whence.ingest;

import dev.whence.openapi.ShippedDescription;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

@IngestTest
class OpenApiIT {

	@LocalServerPort
	int port;

	@Test
	void theShippedDescriptionIsWhatTheControllersSay() {
		new ShippedDescription("ingest-service").isWhatControllersSay(this.port, "none");
	}

}
