package dev.whence.instrumenter.usage;

import java.util.Map;

import dev.whence.instrumenter.InstrumenterApplication;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@WithPostgres
@SpringBootTest(classes = InstrumenterApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,instrumenter-service", "whence.security.mode=open",
				"logging.level.root=WARN" })
class UsageIT {

	private static final String MANIFEST = "kind: Pod\nmetadata: {name: secret-name}\nspec: {containers: [{name: c, image: 'node:22'}]}\n";

	@LocalServerPort
	private int port;

	@Test
	void usesAreCountedButForThoseWhoOptOut() {
		RestTestClient client = RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
		for (String repo : new String[] { "octo/a", "octo/a", "octo/b\u0000" }) {
			client.post()
				.uri("/workflow/instrument")
				.body(Map.of("manifest_content", MANIFEST, "deployment_name", "orders", "client_repo", repo))
				.exchange()
				.expectStatus()
				.isOk();
		}
		client.post()
			.uri("/workflow/instrument?client_repo=octo/private")
			.header("X-Usage-Opt-Out", "true")
			.contentType(MediaType.parseMediaType("application/yaml"))
			.body(MANIFEST.getBytes())
			.exchange()
			.expectStatus()
			.isOk();
		await().untilAsserted(() -> client.get()
			.uri("/workflow/usage?days=1")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("\"requests\":3")
				.contains("\"changed\":3")
				.contains("{\"name\":\"octo/a\",\"count\":2}")
				.contains("{\"name\":\"nodejs\",\"count\":3}")
				.doesNotContain("octo/private")
				.doesNotContain("secret-name")));
		client.get().uri("/workflow/usage?days=0").exchange().expectStatus().isBadRequest();
	}

}
