package dev.whence.control.build.live;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.whence.control.ControlApi;
import dev.whence.control.build.BuildTest;
import dev.whence.control.build.github.GitHubTwin;
import dev.whence.control.build.tracking.BuildApi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Builds as a page follows them. */
@BuildTest
@TestPropertySource(properties = { "whence.builds.listeners-per-project=3", "whence.builds.stream-for=20s" })
class BuildStreamIT {

	@LocalServerPort
	private int port;

	@Autowired
	private GitHubTwin github;

	private BuildApi api;

	@BeforeEach
	void begin() {
		this.github.reset();
		this.api = new BuildApi(new ControlApi(this.port).as(ControlApi.BOOTSTRAP_KEY));
	}

	@Test
	void aStreamTellsWhatHappensAndIsNeverSilentForLong() throws Exception {
		try (Stream stream = open("/api/build/events", null)) {
			await().untilAsserted(() -> assertThat(stream.lines).contains(":alive"));
			long id = this.api.trigger("main");
			this.github.complete(this.github.runs().getFirst().id(), "success");
			await().untilAsserted(() -> assertThat(stream.data()).anyMatch((data) -> data.contains("\"success\"")));
			assertThat(stream.data()).allMatch((data) -> data.contains("\"id\":" + id));
			assertThat(stream.data().getFirst()).contains("\"status\":\"queued\"");
			assertThat(stream.numbers()).isSorted().doesNotHaveDuplicates();
		}
	}

	@Test
	void whoComesBackMissesNothing() throws Exception {
		long first;
		try (Stream stream = open("/api/build/events", null)) {
			this.api.trigger("main");
			await().untilAsserted(() -> assertThat(stream.numbers()).hasSizeGreaterThanOrEqualTo(2));
			first = stream.numbers().getFirst();
		}
		long meanwhile = this.api.trigger("main");
		try (Stream stream = open("/api/build/events", String.valueOf(first))) {
			await().untilAsserted(
					() -> assertThat(stream.data()).anyMatch((data) -> data.contains("\"id\":" + meanwhile)));
			assertThat(stream.numbers()).isSorted().doesNotHaveDuplicates().allMatch((number) -> number > first);
		}
	}

	@Test
	void theStreamOfABuildBeginsWithHowItIsAndEndsWithItsEnd() throws Exception {
		long id = this.api.trigger("main");
		this.api.trigger("main");
		try (Stream stream = open("/api/build/" + id + "/events", null)) {
			await().untilAsserted(() -> assertThat(stream.data()).hasSize(1));
			assertThat(stream.data().getFirst()).contains("\"in_progress\"");
			this.github.complete(this.github.runs().getFirst().id(), "failure");
			await().untilAsserted(() -> assertThat(stream.ended).isTrue());
			assertThat(stream.data()).hasSize(2).last().asString().contains("\"failure\"");
			String last = String.valueOf(stream.numbers().getLast());
			assertThat(send("/api/build/" + id + "/events", last).statusCode()).isEqualTo(204);
		}
		try (Stream late = open("/api/build/" + id + "/events", null)) {
			await().untilAsserted(() -> assertThat(late.ended).isTrue());
			assertThat(late.data()).singleElement().asString().contains("\"failure\"");
		}
	}

	@Test
	void streamsAreCountedAndOneTooManyIsRefused() throws Exception {
		List<Stream> open = new ArrayList<>();
		try {
			for (int n = 0; n < 3; n++) {
				open.add(open("/api/build/events", null));
			}
			assertThat(send("/api/build/events", null).statusCode()).isEqualTo(503);
		}
		finally {
			for (Stream stream : open) {
				stream.close();
			}
		}
		await().untilAsserted(() -> {
			try (Stream again = open("/api/build/events", null)) {
				assertThat(again).isNotNull();
			}
		});
	}

	private Stream open(String path, String last) throws Exception {
		HttpResponse<InputStream> response = send(path, last);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
		return new Stream(response.body());
	}

	private HttpResponse<InputStream> send(String path, String last) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", "Bearer " + ControlApi.BOOTSTRAP_KEY);
		if (last != null) {
			request.header("Last-Event-ID", last);
		}
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
	}

	private static final class Stream implements AutoCloseable {

		private final InputStream body;

		private final List<String> lines = new CopyOnWriteArrayList<>();

		private volatile boolean ended;

		Stream(InputStream body) {
			this.body = body;
			Thread.ofVirtual().start(this::read);
		}

		List<String> data() {
			return this.lines.stream().filter((line) -> line.startsWith("data:")).toList();
		}

		List<Long> numbers() {
			return this.lines.stream()
				.filter((line) -> line.startsWith("id:"))
				.map((line) -> Long.valueOf(line.substring(3).strip()))
				.toList();
		}

		@Override
		public void close() throws Exception {
			this.body.close();
		}

		private void read() {
			try (BufferedReader reader = new BufferedReader(new InputStreamReader(this.body, StandardCharsets.UTF_8))) {
				reader.lines().forEach(this.lines::add);
			}
			catch (Exception _) {
				// Closed from our side.
			}
			this.ended = true;
		}

	}

}
