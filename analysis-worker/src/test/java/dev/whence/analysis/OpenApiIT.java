package dev.whence.analysis;

import dev.whence.analysis.job.JobsByHand;
import dev.whence.openapi.ShippedDescription;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open" })
@Import(JobsByHand.class)
@WithPostgres
class OpenApiIT {

	@LocalServerPort
	int port;

	@Test
	void theShippedDescriptionIsWhatTheControllersSay() {
		new ShippedDescription("analysis-worker").isWhatControllersSay(this.port, "none");
	}

}
