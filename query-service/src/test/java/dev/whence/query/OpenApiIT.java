package dev.whence.query;

import dev.whence.openapi.ShippedDescription;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

@QueryTest
class OpenApiIT {

	@LocalServerPort
	int port;

	@Test
	void theShippedDescriptionIsWhatTheControllersSay() {
		new ShippedDescription("query-service").isWhatControllersSay(this.port, QueryApi.KEY);
	}

}
