package dev.whence.e2e.isolation;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Whence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The ways in which a key may come, and how often, through the gateway. */
class CredentialHeadersIT {

	private static GatewayClient administrator;

	private static GatewayClient anybody;

	private static int project;

	@BeforeAll
	static void start() {
		administrator = Whence.running().gateway();
		anybody = GatewayClient.withoutCredential(administrator.url());
		project = administrator.post("/api/projects", Map.of("name", "headers " + UUID.randomUUID()))
			.json()
			.path("id")
			.asInt();
	}

	static Stream<Arguments> ways() {
		return Stream.of("X-Api-Key", "x-api-key", "Authorization", "authorization")
			.flatMap((header) -> Stream.of("/ingest/logs", "/v1/logs", "/v1/traces", "/v1/metrics")
				.map((path) -> Arguments.of(header, path)));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void aKeyIsTakenInEachHeaderOnEachPath(String header, String path) {
		String prefix = header.equalsIgnoreCase("authorization") ? "Bearer " : "";
		assertThat(send(path, header, prefix + key(Map.of("scopes", List.of("ingest")))).status()).isBetween(200, 202);
		assertThat(send(path, header, prefix + "wh_00000000_" + "a".repeat(43)).status()).isEqualTo(401);
		assertThat(send(path, header, prefix + key(Map.of("scopes", List.of("read")))).status()).isEqualTo(403);
	}

	@Test
	void aKeyIsUsedNoMoreThanItsQuota() {
		String key = key(Map.of("scopes", List.of("ingest"), "requests_per_minute", 4));
		List<Integer> statuses = IntStream.range(0, 7)
			.mapToObj((n) -> send("/ingest/logs", (n % 2 == 0) ? "X-Api-Key" : "Authorization",
					((n % 2 == 0) ? "" : "Bearer ") + key))
			.map(Reply::status)
			.toList();
		assertThat(statuses).containsExactly(202, 202, 202, 202, 429, 429, 429);
		Reply refused = send("/v1/logs", "X-Api-Key", key);
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.headers()).containsKey("retry-after").doesNotContainKey("x-internal-quota");
	}

	private static String key(Map<String, Object> grant) {
		Map<String, Object> wanted = new HashMap<>(grant);
		wanted.put("name", UUID.randomUUID().toString());
		return administrator.post("/api/projects/" + project + "/keys", wanted).json().path("key").asString();
	}

	private static Reply send(String path, String header, String credential) {
		byte[] body = path.startsWith("/v1/") ? "{}".getBytes(StandardCharsets.UTF_8)
				: JsonMapper.shared()
					.writeValueAsBytes(Map.of("signal_id", UUID.randomUUID().toString(), "trace_id", "headers",
							"service_name", "headers", "timestamp", Instant.now().toString(), "level", "INFO",
							"message", "m", "attributes", Map.of()));
		return anybody.send(anybody.request(path)
			.header("Content-Type", "application/json")
			.header(header, credential)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body))
			.build());
	}

}
