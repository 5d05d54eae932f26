package dev.whence.gateway.docs;

import java.net.URI;
import java.util.regex.Pattern;

import dev.whence.gateway.Exchange;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documentation and console as a browser or a tool gets them, also without a credential.
 */
class PagesIT {

	private static final ServiceBehind query = ServiceBehind.named("query");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		query.answers(ServiceBehind.text(200,
				"{\"paths\":{\"/query/signals\":{\"get\":{\"responses\":{\"200\":{\"description\":\"ok\"}}}}}}",
				"Content-Type", "application/json"));
		gateway = RunningGateway.with("whence.gateway.services.query=" + query.url(), "whence.security.mode=required",
				"whence.gateway.services.ingest=http://127.0.0.1:9");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		query.close();
	}

	@Test
	void oneDocumentDescribesWhoAnswersAndNamesWhoDoesNot() {
		Exchange exchange = gateway.get("/openapi.json");

		assertThat(exchange.status()).isEqualTo(200);
		assertThat(exchange.json().at("/paths").propertyNames()).containsExactly("/query/signals");
		assertThat(exchange.json().at("/info/description").asString()).contains("ingest");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/docs", "/api/docs", "/redoc", "/api/redoc", "/", "/overview", "/incidents/7",
			"/traces/req-1", "/logs", "/services", "/incidents/7/evidence" })
	void aPageLoadsOnlyWhatTheGatewayServes(String path) {
		Exchange page = gateway.get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Content-Type")).startsWith("text/html");
		assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'");
		assertThat(page.body()).doesNotContain("http://", "https://");
		var sources = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.body());
		assertThat(sources.results().map((match) -> URI.create(path).resolve(match.group(1)).toString())).isNotEmpty()
			.allSatisfy((source) -> assertThat(gateway.get(source).status()).as(source).isEqualTo(200));
	}

	@Test
	void aProgramIsToldWhatThisIs() {
		Exchange exchange = gateway.get("/", "Accept", "*/*");

		assertThat(exchange.header("Content-Type")).isEqualTo("application/json");
		assertThat(exchange.json().get("name").asString()).isEqualTo("Whence");
		assertThat(exchange.json().at("/links/openapi").asString()).isEqualTo("/openapi.json");
	}

	@Test
	void scriptsAreKeptForGoodAndPagesAreAskedForAgain() {
		Exchange page = gateway.get("/", "Accept", "text/html");
		var script = Pattern.compile("/assets/[^\"]+\\.js").matcher(page.body());
		assertThat(script.find()).isTrue();

		assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
		assertThat(gateway.get(script.group()).header("Cache-Control")).contains("immutable");
	}

	@Test
	void whatIsNoPageIsAProblem() {
		Exchange exchange = gateway.get("/wp-login.php", "Accept", "text/html");

		assertThat(exchange.status()).isEqualTo(404);
		assertThat(exchange.header("Content-Type")).isEqualTo("application/problem+json");
	}

}
