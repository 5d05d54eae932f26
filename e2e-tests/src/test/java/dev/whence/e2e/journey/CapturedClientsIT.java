package dev.whence.e2e.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import dev.whence.e2e.platform.GatewayClient;
import dev.whence.e2e.platform.GatewayClient.Reply;
import dev.whence.e2e.platform.Repository;
import dev.whence.e2e.platform.Whence;
import org.junit.jupiter.api.Test;
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
