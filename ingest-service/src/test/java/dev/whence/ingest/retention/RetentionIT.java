package dev.whence.ingest.retention;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import dev.whence.testkit.postgres.WithPostgres;

/** What a project keeps, over HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,ingest-service", "whence.wire.kind=in-process",
				"whence.security.mode=open" })
@WithPostgres
class RetentionIT {

	@LocalServerPort
	int port;

	RestTestClient client;

	@BeforeEach
	void connect() {
		this.client = RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	@Test
	void aProjectChoosesWhatItWantsAndKeepsTheRest() {
		choose("{\"logs\":14}").expectStatus().isOk().expectBody().json("{\"logs\":14,\"traces\":30,\"metrics\":30}");
		choose("{\"traces\":7}").expectStatus().isOk();
		this.client.get()
			.uri("/ingest/retention")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{\"logs\":14,\"traces\":7,\"metrics\":30}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"logs\":0}|logs", "{\"traces\":3651}|traces", "{\"metrics\":-1}|metrics" })
	void daysBeyondTheLimitsAreRefusedByName(String body, String field) {
		choose(body).expectStatus().isEqualTo(422).expectBody().jsonPath("$.errors[0].pointer").isEqualTo("/" + field);
	}

	private RestTestClient.ResponseSpec choose(String body) {
		return this.client.put().uri("/ingest/retention").contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

}
