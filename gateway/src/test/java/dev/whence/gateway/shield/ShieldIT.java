package dev.whence.gateway.shield;

import dev.whence.gateway.Exchange;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShieldIT {

	private static final ServiceBehind service = ServiceBehind.named("service");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + service.url(),
				"whence.gateway.services.query=" + service.url(),
				"whence.gateway.services.instrumenter=" + service.url(),
				"whence.gateway.services.control=" + service.url(), "whence.security.mode=required");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		service.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-User-Id", "x-tenant-id", "X-Project-Id", "X-Internal-Call", "X-Supabase-User-Id",
			"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Original-URL" })
	void whatAClientClaimsAboutItselfDoesNotPass(String header) {
		Exchange exchange = gateway.get("/query/incidents", "X-Api-Key", "k", header, "victim");

		assertThat(exchange.status()).isEqualTo(200);
		assertThat(service.last().header(header)).isEmpty();
		assertThat(service.last().header("X-Api-Key")).isEqualTo("k");
	}

	@Test
	void theCredentialPassesForTheServiceToVerify() {
		gateway.get("/query/incidents", "Authorization", "Bearer abc");

		assertThat(service.last().header("Authorization")).isEqualTo("Bearer abc");
	}

	@Test
	void aHarmlessCorrelationIdIsKept() {
		Exchange exchange = gateway.get("/query/incidents", "X-Api-Key", "k", "X-Request-Id", "req-1");

		assertThat(exchange.header("X-Correlation-Id")).isEqualTo("req-1");
		assertThat(service.last().header("X-Correlation-Id")).isEqualTo("req-1");
	}

	@Test
	void aCorrelationIdIsSaidOnceEvenIfTheServiceSaysItToo() {
		service.answers(ServiceBehind.text(200, "", "X-Correlation-Id", "other", "X-Content-Type-Options", "nosniff",
				"Access-Control-Allow-Origin", "https://other.example"));

		Exchange exchange = gateway.get("/query/incidents", "X-Api-Key", "k", "X-Correlation-Id", "mine", "Origin",
				"https://a.example");

		service.answers(ServiceBehind.text(200, ""));
		assertThat(exchange.response().headers().allValues("X-Correlation-Id")).containsExactly("mine");
		assertThat(exchange.response().headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(exchange.response().headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
	}

	@Test
	void aHarmfulCorrelationIdIsReplaced() {
		Exchange exchange = gateway.get("/query/incidents", "X-Api-Key", "k", "X-Correlation-Id", "a{b}");

		assertThat(exchange.header("X-Correlation-Id")).matches("[0-9a-f-]{36}");
		assertThat(service.last().header("X-Correlation-Id")).isEqualTo(exchange.header("X-Correlation-Id"));
	}

	@ParameterizedTest
	@CsvSource({ "GET, /query/incidents", "POST, /ingest/logs", "POST, /api/v2/spans", "GET, /api/users/me",
			"GET, /workflow/instrument", "POST, /workflow/lint" })
	void aRequestWithoutCredentialIsRefused(String method, String path) {
		int before = service.received().size();

		Exchange exchange = gateway.send(method, path, "", "Authorization", "Basic YTpi");

		assertThat(exchange.status()).isEqualTo(401);
		assertThat(exchange.header("WWW-Authenticate")).isEqualTo("Bearer");
		assertThat(exchange.json().get("code").asString()).isEqualTo("unauthenticated");
		assertThat(service.received()).hasSize(before);
	}

	@Test
	void otlpWithoutCredentialReadsAStatus() {
		Exchange exchange = gateway.post("/v1/logs", "{}", "Content-Type", "application/json");

		assertThat(exchange.status()).isEqualTo(401);
		assertThat(exchange.json().get("code").asInt()).isEqualTo(16);
	}

	@ParameterizedTest
	@CsvSource({ "POST, /workflow/instrument", "POST, /api/auth/login", "GET, /ingest/health", "GET, /health",
			"GET, /readiness", "GET, /metrics" })
	void openPathsNeedNoCredential(String method, String path) {
		assertThat(gateway.send(method, path, "").status()).isEqualTo(200);
	}

	@Test
	void aPageOfAnyOriginMayAskFirst() {
		Exchange exchange = gateway.send("OPTIONS", "/v1/traces", "", "Origin", "https://shop.example",
				"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type,x-api-key");

		assertThat(exchange.status()).isEqualTo(200);
		assertThat(exchange.header("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(exchange.header("Access-Control-Allow-Headers")).contains("x-api-key");
		assertThat(exchange.header("Access-Control-Allow-Credentials")).isEmpty();
	}

	@Test
	void aRefusalTellsItsOriginToo() {
		Exchange exchange = gateway.get("/query/incidents", "Origin", "https://shop.example");

		assertThat(exchange.status()).isEqualTo(401);
		assertThat(exchange.header("Access-Control-Allow-Origin")).isEqualTo("*");
	}

	@Test
	void answersMayNotBeSniffedFramedOrScripted() {
		Exchange exchange = gateway.get("/health");

		assertThat(exchange.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(exchange.header("X-Frame-Options")).isEqualTo("DENY");
		assertThat(exchange.header("Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(exchange.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/query/../api/users", "/query/%2e%2e/api/users", "/query/x;y/z", "/query/..%2f..%2fapi" })
	void anAmbiguousPathGoesNowhere(String path) {
		int before = service.received().size();

		assertThat(gateway.get(path, "X-Api-Key", "k").status()).isEqualTo(400);
		assertThat(service.received()).hasSize(before);
	}

}
