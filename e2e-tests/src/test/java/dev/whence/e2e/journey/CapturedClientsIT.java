package dev.whence.e2e.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.UUID;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Repository;
import dev.whence.e2e.platform.Whence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies that clients of the original service really send. */
class CapturedClientsIT {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final GatewayClient gateway = Whence.running().gateway();

	@Test
	void capturedBodiesAreAcceptedByteForByteAndStoredOnce() throws IOException {
		for (JsonNode captured : samples("telemetry-sender-captured.json")) {
			byte[] body = asPythonWritesIt(captured.get("body")).getBytes(StandardCharsets.UTF_8);
			assertThat(body).as("the captured client sent this many bytes")
				.hasSize(captured.get("headers").get("Content-Length").asInt());
			String path = captured.get("path").asString();
			for (int attempt = 0; attempt < 2; attempt++) {
				Reply reply = this.gateway.post(path, captured.get("headers").get("Content-Type").asString(), body);
				assertThat(reply.status()).as(reply.body()).isEqualTo(202);
				assertThat(reply.json().get("status").asString()).isEqualTo("accepted");
			}
			assertThat(timesStored(captured.get("body"))).isEqualTo(1);
		}
	}

	@Test
	void dialectOfTheOriginalReadmeIsAccepted() throws IOException {
		for (JsonNode sample : samples("readme-dialect-samples.json")) {
			Reply reply = this.gateway.post(sample.get("path").asString(), sample.get("body"));
			assertThat(reply.status()).as("%s: %s", sample, reply.body()).isEqualTo(202);
		}
	}

	@Test
	void dialectOfTheOriginalCodeIsAcceptedWithItsExtraKeys() throws IOException {
		for (JsonNode sample : samples("code-schema-samples.json")) {
			// The original refused unknown keys; Whence keeps them as attributes.
			boolean tolerated = sample.get("body").has("stack_trace");
			Reply reply = this.gateway.post(sample.get("path").asString(), sample.get("body"));
			int expected = tolerated ? 202 : sample.get("status").asInt();
			assertThat(reply.status()).as("%s: %s", sample, reply.body()).isEqualTo(expected);
		}
	}

	/**
	 * The expected answers are those of the original. What differs is mended: the total
	 * is at least what the steps cost, the survivors that a filter only counted count,
	 * and a final output may be any JSON.
	 */
	@ParameterizedTest
	@ValueSource(
			strings = { "failing-run", "readme-backend", "readme-basic", "simulation-competitor-selection", "weird" })
	void runsOfXRaysClientsGetTheAnswersOfTheOriginal(String name) throws IOException {
		JsonNode sent = JSON.readTree(Files.readString(Repository.shared("samples/xray/" + name + ".json")));
		UUID run = sendRuns(sent);
		JsonNode expected = JSON.readTree(Files.readString(Repository.shared("samples/xray/analyze-" + name + ".json")))
			.get("response");
		JsonNode funnel = this.gateway.get("/analyze/" + run).json();
		Set<String> mended = new TreeSet<>();
		if (expected.has("http_500_because")) {
			assertThat(funnel.get("final_output").isObject()).as("why the original failed").isFalse();
		}
		else {
			difference("", expected, funnel, mended);
		}
		assertThat(mended).allSatisfy((difference) -> assertThat(difference)
			.matches("/total_cost: 0.0 is 0.0205|/funnel/[35]/output_count: null is (41|20)"));
	}

	@Test
	void manySmallRequestsOfOneRunMakeOneRun() throws IOException {
		UUID run = sendRuns(JSON.readTree(Files.readString(Repository.shared("samples/xray/batching-120-steps.json"))));
		assertThat(this.gateway.get("/runs/" + run + "/steps").json().size()).isEqualTo(120);
		assertThat(this.gateway.get("/runs/" + run).json().get("step_count").asInt()).isEqualTo(120);
	}

	private UUID sendRuns(JsonNode requests) {
		UUID run = null;
		for (JsonNode request : requests) {
			for (int attempt = 0; attempt < 2; attempt++) {
				Reply reply = this.gateway.post(request.get("path").asString(), request.get("body"));
				assertThat(reply.status()).as(reply.body()).isEqualTo(200);
				assertThat(reply.json().get("status").asString()).isEqualTo("ok");
				assertThat(reply.json().get("processed").asInt()).isEqualTo(request.get("body").get("events").size());
			}
			for (JsonNode event : request.get("body").get("events")) {
				if (event.get("type").asString().startsWith("run_")) {
					run = UUID.fromString(event.get("data").get("id").asString());
				}
			}
		}
		return Objects.requireNonNull(run);
	}

	private static void difference(String place, JsonNode expected, JsonNode found, Set<String> differences) {
		if (expected.isObject() && found.isObject()) {
			assertThat(found.propertyNames()).as(place).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
			expected.properties()
				.forEach((member) -> difference(place + "/" + member.getKey(), member.getValue(),
						found.get(member.getKey()), differences));
		}
		else if (expected.isArray() && found.isArray() && expected.size() == found.size()) {
			for (int i = 0; i < expected.size(); i++) {
				difference(place + "/" + i, expected.get(i), found.get(i), differences);
			}
		}
		else if (!expected.equals(found)) {
			differences.add(place + ": " + expected + " is " + found);
		}
	}

	private long timesStored(JsonNode body) {
		Reply reply = this.gateway.get("/query/traces/" + body.get("trace_id").asString());
		assertThat(reply.status()).as(reply.body()).isEqualTo(200);
		return Incidents.elements(reply.json())
			.stream()
			.filter((signal) -> signal.get("id").asString().equals(body.get("signal_id").asString()))
			.count();
	}

	private static List<JsonNode> samples(String file) throws IOException {
		return Incidents.elements(JSON.readTree(Files.readString(Repository.shared("samples/prodsentinel/" + file))));
	}

	// The separators and escapes of Python's json module, which the client used; the file
	// was indented for people.
	private static String asPythonWritesIt(JsonNode value) {
		if (value.isObject()) {
			StringJoiner members = new StringJoiner(", ", "{", "}");
			for (Map.Entry<String, JsonNode> member : value.properties()) {
				members.add(asPythonWritesIt(JSON.valueToTree(member.getKey())) + ": "
						+ asPythonWritesIt(member.getValue()));
			}
			return members.toString();
		}
		if (value.isArray()) {
			StringJoiner elements = new StringJoiner(", ", "[", "]");
			value.forEach((element) -> elements.add(asPythonWritesIt(element)));
			return elements.toString();
		}
		return asciiOnly(value.toString());
	}

	private static String asciiOnly(String json) {
		StringBuilder ascii = new StringBuilder();
		json.chars().forEach((c) -> {
			if (c < 128) {
				ascii.append((char) c);
			}
			else {
				ascii.append("\\u%04x".formatted(c));
			}
		});
		return ascii.toString();
	}

}
