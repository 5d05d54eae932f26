package dev.whence.analysis.alert;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Debian's Alertmanager sends to Whence. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open", "whence.analysis.job.poll=50ms" })
@WithPostgres
class AlertmanagerIT {

	private static final String BINARY = "prometheus-alertmanager";

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	@TempDir
	Path directory;

	Process alertmanager;

	int alertmanagerPort;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeEach
	void start() throws IOException {
		Optional<Path> binary = Stream.of(System.getenv("PATH").split(":"))
			.map((folder) -> Path.of(folder, BINARY))
			.filter(Files::isExecutable)
			.findFirst();
		assumeThat(binary).as("the Debian package " + BINARY + " is not installed").isPresent();
		try (ServerSocket socket = new ServerSocket(0)) {
			this.alertmanagerPort = socket.getLocalPort();
		}
		Path config = Files.writeString(this.directory.resolve("alertmanager.yml"), """
				route:
				  receiver: whence
				  group_by: [alertname]
				  group_wait: 100ms
				  group_interval: 1s
				receivers:
				  - name: whence
				    webhook_configs:
				      - url: http://127.0.0.1:%d/api/v2/alerts/webhook
				        send_resolved: true
				""".formatted(this.port));
		this.alertmanager = new ProcessBuilder(binary.get().toString(), "--config.file=" + config,
				"--storage.path=" + this.directory.resolve("data"),
				"--web.listen-address=127.0.0.1:" + this.alertmanagerPort, "--cluster.listen-address=")
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("alertmanager.log").toFile())
			.start();
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> get("/-/ready") != null);
	}

	@AfterEach
	void stop() throws InterruptedException {
		if (this.alertmanager != null) {
			this.alertmanager.destroy();
			if (!this.alertmanager.waitFor(10, TimeUnit.SECONDS)) {
				this.alertmanager.destroyForcibly();
			}
		}
	}

	@Test
	void anAlertThatFiresAndResolvesThereDoesSoHere() throws Exception {
		Instant start = Instant.now().minusSeconds(30);
		post(start, null);
		Map<String, Object> firing = awaitFiring("o.ends_at is null and i.incident_id is not null");
		assertThat(firing.get("title")).isEqualTo("DiskFull: 3 % left");
		assertThat(firing.get("severity")).isEqualTo("CRITICAL");
		JsonNode theirs = JsonMapper.shared().readTree(get("/api/v2/alerts")).get(0);
		assertThat(firing.get("fingerprint")).isEqualTo(theirs.path("fingerprint").asString());
		post(start, Instant.now());
		assertThat(awaitFiring("o.ends_at is not null").get("id")).isEqualTo(firing.get("id"));
	}

	private void post(Instant start, Instant end) throws Exception {
		String body = "[{\"labels\":{\"alertname\":\"DiskFull\",\"severity\":\"critical\",\"instance\":\"db-1\"},"
				+ "\"annotations\":{\"summary\":\"3 % left\"},\"startsAt\":\"" + start + "\""
				+ ((end != null) ? ",\"endsAt\":\"" + end + "\"" : "") + "}]";
		HttpResponse<String> answer = this.http.send(HttpRequest.newBuilder(uri("/api/v2/alerts"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
	}

	private String get(String path) throws Exception {
		HttpResponse<String> answer = this.http.send(HttpRequest.newBuilder(uri(path)).build(),
				HttpResponse.BodyHandlers.ofString());
		return (answer.statusCode() == 200) ? answer.body() : null;
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.alertmanagerPort + path);
	}

	private Map<String, Object> awaitFiring(String condition) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.jdbc.sql("""
					select o.*, i.incident_id from incidents.observation o
					left join incidents.observation_incident i on i.observation_id = o.id
					where o.name = 'DiskFull' and """ + " " + condition).query().listOfRows(),
					(List<Map<String, Object>> rows) -> rows.size() == 1)
			.getFirst();
	}

}
