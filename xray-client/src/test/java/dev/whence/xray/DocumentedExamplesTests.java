package dev.whence.xray;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import dev.whence.xray.ChildJvm.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The programs of {@code docs/examples/decision-runs.md} do what is said there. */
class DocumentedExamplesTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "examples", "decision-runs.md");

	private final IngestServer server = new IngestServer();

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void theJavaProgramRunsAndTellsOfItsFunnel() throws Exception {
		Path source = Files.writeString(this.directory.resolve("Search.java"), program("java"));
		int compiled = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "--release", "17", "-cp", ChildJvm.client(), "-d", this.directory.toString(),
					source.toString());
		assertThat(compiled).isZero();

		Ended ended = ChildJvm.java(this.server.endpoint(), List.of(ChildJvm.client(), this.directory.toString()),
				"Search");

		assertThat(ended.status()).as(ended.output()).isZero();
		assertThat(ended.output()).contains("chose stand-1");
		assertThat(this.server.data("step_complete")).hasSize(3);
		assertThat(this.server.data("step_complete").get(0).path("outputs").path("count").asInt()).isEqualTo(4);
		assertFunnel(this.server.data("step_complete").get(1));
		assertThat(this.server.data("run_complete").get(0).path("name").asString()).isEqualTo("product search");
	}

	@Test
	void thePythonProgramRunsAndTellsTheSame() throws Exception {
		assumeThat(python("-c", "import requests")).as("python3 with requests").isZero();
		Path source = Files.writeString(this.directory.resolve("search.py"), program("python"));

		assertThat(python(source.toString())).isZero();

		assertFunnel(this.server.data("step_complete").get(0));
		JsonNode run = this.server.data("run_complete").get(0);
		assertThat(run.path("name").asString()).isEqualTo("product search");
		assertThat(this.server.data("step_complete").get(0).path("run_id")).isEqualTo(run.path("id"));
	}

	private static void assertFunnel(JsonNode step) {
		assertThat(step.path("type").asString()).isEqualTo("filter");
		assertThat(step.path("inputs").path("candidate_count").asInt()).isEqualTo(4);
		assertThat(step.path("outputs").toString())
			.isEqualTo("{\"survivor_count\":2,\"survivors\":[\"case-1\",\"stand-1\"]}");
		JsonNode metadata = step.path("metadata");
		assertThat(metadata.path("total_count").asInt()).isEqualTo(4);
		assertThat(metadata.path("survivor_count").asInt()).isEqualTo(2);
		assertThat(metadata.path("drop_rate").asDouble()).isEqualTo(0.5);
		assertThat(metadata.path("rejection_histogram").toString())
			.isEqualTo("{\"price_too_high\":1,\"rating_too_low\":1}");
		assertThat(metadata.path("candidates").size()).isEqualTo(4);
	}

	private int python(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("python3"));
		command.addAll(List.of(arguments));
		try {
			return ChildJvm.run(this.server.endpoint(), command).status();
		}
		catch (IOException ex) {
			return -1;
		}
	}

	private static String program(String language) throws Exception {
		Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(DOCUMENT));
		assertThat(block.find()).isTrue();
		return block.group(1);
	}

}
