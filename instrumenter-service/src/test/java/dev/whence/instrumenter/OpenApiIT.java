package dev.whence.instrumenter;

import dev.whence.openapi.ShippedDescription;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

@WithoutDatabase
class OpenApiIT {

	@LocalServerPort
	int port;

	@Test
	void theShippedDescriptionIsWhatTheControllersSay() {
		new ShippedDescription("instrumenter-service").isWhatControllersSay(this.port, "none");
	}

}
