package dev.whence.control;

import dev.whence.openapi.ShippedDescription;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

@ControlTest
class OpenApiIT {

	@LocalServerPort
	int port;

	@Test
	void theShippedDescriptionIsWhatTheControllersSay() {
		new ShippedDescription("control-service").isWhatControllersSay(this.port, ControlApi.BOOTSTRAP_KEY);
	}

}
