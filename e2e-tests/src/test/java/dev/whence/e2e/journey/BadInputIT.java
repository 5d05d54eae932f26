package dev.whence.e2e.journey;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.Whence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What nobody should send and somebody will. */
class BadInputIT {

	private final Whence whence = Whence.running();

	private final GatewayClient gateway = this.whence.gateway();

	private final String trace = Telemetry.newTrace();

	private final String service = "careless-" + UUID.randomUUID().toString().substring(0, 8);

	@AfterEach
	void everythingStillRuns() throws InterruptedException {
		for (Service service : Service.values()) {
			assertThat(this.whence.process(service).isReady()).as(service.module()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "[1, 2", "nonsense", "42", "\"text\"", "[]", "null", "{\"a\":1}{\"b\":2}",
			"{\"signal_id\": NaN}", "{'signal_id': 1}" })
	void whatIsNoJsonObjectIsRefused(String body) {
		assertProblem(send("/ingest/logs", body), 400, 422);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			signal_id    | "not-a-uuid"
			signal_id    | 17
			timestamp    | "yesterday"
			timestamp    | true
			level        | 3
			message      | {"text":"no"}
			attributes   | "none"
			attributes   | [1,2]
			service_name | null
			""")
	void fieldOfTheWrongTypeIsNamed(String field, String value) {
		String body = "{\"signal_id\":\"%s\",\"trace_id\":\"%s\",\"service_name\":\"%s\",\"timestamp\":\"%s\","
			.formatted(UUID.randomUUID(), this.trace, this.service, Instant.now())
				+ "\"level\":\"INFO\",\"message\":\"m\",\"attributes\":{}}";
		String broken = body.replaceFirst("\"" + field + "\":(\"[^\"]*\"|\\{\\})", "\"" + field + "\":" + value);
		assertThat(broken).isNotEqualTo(body);
		Reply reply = assertProblem(send("/ingest/logs", broken), 400, 422);
		assertThat(reply.body()).contains(field);
		assertNothingStored();
	}

	@ParameterizedTest
	@ValueSource(strings = { "message", "level", "timestamp", "service_name" })
	void missingFieldIsNamed(String field) {
		Map<String, Object> log = Telemetry.log(this.trace, this.service, Instant.now(), "INFO", "m");
		log.remove(field);
		Reply reply = assertProblem(this.gateway.post("/ingest/logs", log), 400, 422);
		assertThat(reply.body()).contains(field);
		assertNothingStored();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense/" })
	void unknownContentTypeIsRefused(String contentType) {
		Map<String, Object> log = Telemetry.log(this.trace, this.service, Instant.now(), "INFO", "m");
		String body = JsonMapper.shared().writeValueAsString(log);
		assertProblem(this.gateway.post("/ingest/logs", contentType, body.getBytes(StandardCharsets.UTF_8)), 415, 400);
		assertNothingStored();
	}

	@Test
	void oversizeBodyIsRefused() {
		Map<String, Object> log = Telemetry.log(this.trace, this.service, Instant.now(), "INFO",
				"x".repeat(40 * 1024 * 1024));
		assertProblem(this.gateway.post("/ingest/logs", log), 413);
		assertNothingStored();
	}

	@Test
	void wrongMethodIsRefused() {
		HttpRequest request = this.gateway.request("/ingest/logs")
			.PUT(HttpRequest.BodyPublishers.ofString("{}"))
			.header("Content-Type", "application/json")
			.build();
		assertProblem(this.gateway.send(request), 405);
	}

	@Test
	void requestWithoutACredentialIsRefused() {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.gateway.url() + "/ingest/logs"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build();
		assertProblem(this.gateway.send(request), 401);
	}

	@Test
	void deepNestingIsRefused() {
		String body = "{\"attributes\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
		assertProblem(send("/ingest/logs", body), 400, 413, 422);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nul \\u0000 inside", "lone high \\ud800 surrogate", "lone low \\udc00 surrogate",
			"both \\u0000\\udfff" })
	void unstorableCharactersAreReplaced(String message) {
		String id = UUID.randomUUID().toString();
		String body = "{\"signal_id\":\"%s\",\"trace_id\":\"%s\",\"service_name\":\"%s\",\"timestamp\":\"%s\","
			.formatted(id, this.trace, this.service, Instant.now()) + "\"level\":\"INFO\",\"message\":\"" + message
				+ "\",\"attributes\":{\"" + message + "\":\"" + message + "\"}}";
		Reply reply = send("/ingest/logs", body);
		assertThat(reply.status()).as(reply.body()).isEqualTo(202);
		assertThat(this.gateway.get("/query/traces/" + this.trace).body()).contains(id);
	}

	@Test
	void malformedOtlpIsRefusedInItsOwnForm() {
		Reply json = this.gateway.post("/v1/logs", "application/json",
				"{\"resourceLogs\":".getBytes(StandardCharsets.UTF_8));
		assertThat(json.status()).as(json.body()).isEqualTo(400);
		assertThat(json.json().has("message")).as(json.body()).isTrue();
		Reply protobuf = this.gateway.post("/v1/traces", "application/x-protobuf",
				new byte[] { (byte) 0xff, (byte) 0xff, 1, 2, 3 });
		assertThat(protobuf.status()).isEqualTo(400);
		assertThat(protobuf.headers().get("content-type")).singleElement()
			.asString()
			.startsWith("application/x-protobuf");
		assertThat(this.gateway.post("/v1/metrics", "text/plain", new byte[0]).status()).isEqualTo(415);
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=1001", "limit=many", "offset=-1", "signal_type=picture",
			"start_time=yesterday" })
	void badQueryIsRefused(String query) {
		assertProblem(this.gateway.get("/query/signals?" + query), 400, 422);
	}

	private Reply send(String path, String body) {
		return this.gateway.post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
	}

	private Reply assertProblem(Reply reply, Integer... statuses) {
		assertThat(reply.status()).as(reply.body()).isIn((Object[]) statuses);
		assertThat(reply.headers().get("content-type")).as(reply.body())
			.singleElement()
			.asString()
			.startsWith("application/problem+json");
		assertThat(reply.json().get("code").asString()).isNotBlank();
		assertThat(reply.json().get("status").asInt()).isEqualTo(reply.status());
		return reply;
	}

	private void assertNothingStored() {
		Reply reply = this.gateway.get("/query/signals", Map.of("service_name", this.service));
		assertThat(reply.status()).as(reply.body()).isEqualTo(200);
		assertThat(reply.json().get("total").asInt()).isZero();
	}

}
