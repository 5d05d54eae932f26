package dev.whence.gateway.limit;

import java.util.List;
import java.util.stream.IntStream;

import dev.whence.gateway.Exchange;
import dev.whence.gateway.RunningGateway;
import dev.whence.gateway.ServiceBehind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services say what a key may be used for, the gateway holds it to that: by the short way
 * to ingest, by the router, and for all headers that a key may come in together.
 */
class KeyQuotaIT {

	private static final ServiceBehind service = ServiceBehind.named("any");

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		gateway = RunningGateway.with("whence.gateway.services.ingest=" + service.url(),
				"whence.gateway.services.query=" + service.url(), "whence.gateway.limit.shared.kind=in-process");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		service.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ingest/logs", "/v1/logs", "/query/patterns/match" })
	void aKeyIsUsedForAsManyRequestsAMinuteAsItsServiceSays(String path) {
		service.answers(ServiceBehind.text(200, "", KeyQuotas.HEADER, "3"));
		String key = "wh_" + path;
		List<Exchange> exchanges = IntStream.range(0, 5)
			.mapToObj((n) -> (n % 2 == 0) ? gateway.post(path, "{}", "X-Api-Key", key)
					: gateway.post(path, "{}", "Authorization", "Bearer " + key))
			.toList();
		assertThat(exchanges).extracting(Exchange::status).containsExactly(200, 200, 200, 429, 429);
		assertThat(Integer.parseInt(exchanges.getLast().header("Retry-After"))).isBetween(1, 20);
		assertThat(exchanges.getFirst().header(KeyQuotas.HEADER)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ingest/logs", "/query/patterns/match" })
	void aQuotaThatIsRaisedOrTakenAwayIsKnownWithTheNextAnswer(String path) {
		String key = "wh_raised_" + path;
		service.answers(ServiceBehind.text(200, "", KeyQuotas.HEADER, "1"));
		assertThat(gateway.post(path, "{}", "X-Api-Key", key).status()).isEqualTo(200);
		assertThat(gateway.post(path, "{}", "X-Api-Key", key).status()).isEqualTo(429);
		String other = "wh_freed_" + path;
		service.answers(ServiceBehind.text(200, "", KeyQuotas.HEADER, "2"));
		gateway.post(path, "{}", "X-Api-Key", other);
		service.answers(ServiceBehind.text(200, "", KeyQuotas.HEADER, "none"));
		assertThat(IntStream.range(0, 6).map((n) -> gateway.post(path, "{}", "X-Api-Key", other).status()))
			.containsOnly(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ingest/logs", "/query/patterns/match" })
	void whatAClientClaimsIsNoQuota(String path) {
		service.answers(ServiceBehind.text(200, ""));
		assertThat(IntStream.range(0, 4)
			.map((n) -> gateway.post(path, "{}", "X-Api-Key", "wh_claims_" + path, KeyQuotas.HEADER, "1").status()))
			.containsOnly(200);
		assertThat(service.last().header(KeyQuotas.HEADER)).isEmpty();
	}

}
