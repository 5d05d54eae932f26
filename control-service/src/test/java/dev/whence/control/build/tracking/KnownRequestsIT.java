package dev.whence.control.build.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.whence.control.ControlApi;
import dev.whence.control.build.BuildTest;
import dev.whence.control.image.GoldenArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.EntityExchangeResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Requests of clients that were written for the original, where a list of them is at
 * hand.
 */
@BuildTest
class KnownRequestsIT {

	@LocalServerPort
	private int port;

	@Test
	void clientsOfTheOriginalGetTheAnswersThatTheyKnow() throws IOException {
		Path samples = GoldenArchive.shared().resolve("samples/exousia/requests.json");
		assumeTrue(Files.exists(samples), "no sample requests beside this repository");
		BuildApi api = new BuildApi(new ControlApi(this.port).as(ControlApi.BOOTSTRAP_KEY));
		List<String> wrong = new ArrayList<>();
		int sent = 0;
		for (JsonNode sample : JsonMapper.shared().readTree(Files.readString(samples))) {
			String path = sample.get("path").asString();
			if (path.startsWith("/api/build")) {
				String difference = difference(sample.get("expect"), api, path, sample.get("body"));
				if (difference != null) {
					wrong.add(sample.get("name").asString() + ": " + difference);
				}
				sent++;
			}
		}
		assertThat(wrong).isEmpty();
		assertThat(sent).isGreaterThanOrEqualTo(5);
	}

	private static @Nullable String difference(JsonNode expected, BuildApi api, String path, JsonNode body) {
		EntityExchangeResult<Map<String, Object>> answer = BuildApi.answer(api.post(path, body.toString()));
		Map<String, Object> told = answer.getResponseBody();
		if (told == null || answer.getStatus().value() != expected.get("status").asInt()) {
			return "answered " + answer.getStatus() + " " + told;
		}
		String detail = String.valueOf(told.get("detail"));
		if (expected.has("detail") && !detail.equals(expected.get("detail").asString())) {
			return "says " + detail;
		}
		if (expected.has("detail_prefix") && !detail.startsWith(expected.get("detail_prefix").asString())) {
			return "says " + detail;
		}
		return (expected.has("detail") && !detail.equals(told.get("error"))) ? "has another error" : null;
	}

}
