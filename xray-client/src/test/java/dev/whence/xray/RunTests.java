package dev.whence.xray;

import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunTests {

	private final IngestServer server = new IngestServer();

	private XrayClient client = this.server.client().build();

	@AfterEach
	void stop() {
		this.client.close();
		this.server.close();
	}

	@Test
	void aRunIsToldOfAsTheContractSays() {
		String runId;
		try (Run run = this.client.start("search", Map.of("version", "1.4"))) {
			runId = run.id();
			run.tag("tenant", 7).traceId("0af7651916cd43dd8448eb211c80319c").cost(0.5);
			try (Step step = run.step("ask", StepType.LLM)) {
				step.inputs(Map.of("prompt", "hi")).outputs(List.of("yes")).reasoning("short");
				step.cost(0.25).tokenUsage("gpt-4o", 10, 5).metadata(Map.of("temperature", 0.1));
			}
		}
		assertThat(this.client.flush()).isTrue();

		assertThat(this.server.events()).extracting((event) -> event.path("type").asString())
			.containsExactly("run_start", "step_complete", "run_complete");
		JsonNode step = this.server.data("step_complete").get(0);
		assertThat(UUID.fromString(step.path("id").asString()).version()).isEqualTo(4);
		assertThat(step.path("run_id").asString()).isEqualTo(runId);
		assertThat(step.path("name").asString()).isEqualTo("ask");
		assertThat(step.path("type").asString()).isEqualTo("llm");
		assertThat(step.path("inputs").toString()).isEqualTo("{\"prompt\":\"hi\"}");
		assertThat(step.path("outputs").toString()).isEqualTo("[\"yes\"]");
		assertThat(step.path("reasoning").asString()).isEqualTo("short");
		assertThat(step.path("cost").asDouble()).isEqualTo(0.25);
		assertThat(step.path("metadata").path("model").asString()).isEqualTo("gpt-4o");
		assertThat(step.path("metadata").path("temperature").asDouble()).isEqualTo(0.1);
		assertThat(step.path("metadata").path("token_usage").path("total").asInt()).isEqualTo(15);
		assertThat(step.has("error")).isFalse();
		assertThat(step.has("parent_step_id")).isFalse();
		JsonNode run = this.server.data("run_complete").get(0);
		assertThat(run.path("id").asString()).isEqualTo(runId);
		assertThat(run.path("name").asString()).isEqualTo("search");
		assertThat(run.path("status").asString()).isEqualTo("COMPLETED");
		assertThat(run.path("total_cost").asDouble()).isEqualTo(0.75);
		assertThat(run.path("trace_id").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
		assertThat(run.path("tags").path("trace_id").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
		assertThat(run.path("tags").path("version").asString()).isEqualTo("1.4");
		assertThat(run.path("tags").path("tenant").asInt()).isEqualTo(7);
		JsonNode start = this.server.data("run_start").get(0);
		assertThat(start.path("id").asString()).isEqualTo(runId);
		assertThat(start.path("started_at")).isEqualTo(run.path("started_at"));
		assertThat(start.path("tags").toString()).isEqualTo("{\"version\":\"1.4\"}");
	}

	@Test
	void timesHaveMicrosecondsAndAnOffsetAndNoTwoStepsStartTogether() {
		try (Run run = this.client.start("many")) {
			IntStream.range(0, 500).forEach((number) -> run.step("s" + number).close());
		}
		assertThat(this.client.flush()).isTrue();

		List<String> starts = this.server.data("step_complete")
			.stream()
			.map((step) -> step.path("started_at").asString())
			.toList();
		assertThat(starts).hasSize(500)
			.doesNotHaveDuplicates()
			.isSorted()
			.allMatch((start) -> start.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00"));
		assertThat(Duration.between(OffsetDateTime.parse(starts.get(0)), OffsetDateTime.now())).isPositive();
	}

	@Test
	void stepsInsideStepsNameTheirParent() {
		String outer;
		try (Run run = this.client.start("nested"); Step step = run.step("outer", StepType.LOGIC)) {
			outer = step.id();
			step.step("inner", StepType.FILTER).close();
		}
		assertThat(this.client.flush()).isTrue();

		assertThat(this.server.data("step_complete")).extracting((step) -> step.path("name").asString())
			.containsExactly("inner", "outer");
		assertThat(this.server.data("step_complete").get(0).path("parent_step_id").asString()).isEqualTo(outer);
	}

	@Test
	void whatTheApplicationThrowsFailsStepAndRunAndArrivesUnchanged() {
		XrayClient.share(this.client);
		IOException thrown = new IOException("disk full");

		assertThatThrownBy(() -> Run.call("fails", (run) -> run.call("write", StepType.LOGIC, (step) -> {
			throw thrown;
		}))).isSameAs(thrown);
		assertThat(Run.<String, RuntimeException>call("works",
				(run) -> run.call("read", StepType.LOGIC, (step) -> step.call("parse", StepType.LLM, (in) -> "ok"))))
			.isEqualTo("ok");
		assertThat(this.client.flush()).isTrue();

		assertThat(this.server.data("step_failed").get(0).path("error").asString())
			.isEqualTo("java.io.IOException: disk full");
		JsonNode run = this.server.data("run_failed").get(0);
		assertThat(run.path("error").asString()).isEqualTo("java.io.IOException: disk full");
		assertThat(run.path("status").asString()).isEqualTo("FAILED");
		assertThat(this.server.data("run_complete")).hasSize(1);
		assertThat(this.server.data("step_complete")).hasSize(2);
	}

	@Test
	void whatEndsTwiceIsToldOfOnceAndWhatIsSaidLaterIsIgnored() {
		Run run = this.client.start("twice");
		Step step = run.step("once").outputs(1);
		step.close();
		step.outputs(2).metadata("late", true).fail("late").candidates().keep("late");
		step.close();
		run.close();
		run.tag("late", true).fail("late");
		run.close();
		assertThat(this.client.flush()).isTrue();

		assertThat(this.server.events()).hasSize(3);
		assertThat(this.server.data("step_complete").get(0).path("outputs").asInt()).isEqualTo(1);
		assertThat(this.server.events().toString()).doesNotContain("late");
	}

	@Test
	void startsOfStepsAreToldOfIfAskedForAndThoseOfRunsUnlessNot() {
		this.client.close();
		this.client = this.server.client().runStarts(false).stepStarts(true).build();
		try (Run run = this.client.start("starts")) {
			run.step("first", StepType.RETRIEVAL).close();
		}
		assertThat(this.client.flush()).isTrue();

		assertThat(this.server.events()).extracting((event) -> event.path("type").asString())
			.containsExactly("step_start", "step_complete", "run_complete");
		assertThat(this.server.data("step_start").get(0).path("type").asString()).isEqualTo("retrieval");
	}

	@Test
	void nothingThatAnApplicationHandsInIsThrownBack() {
		Object hostile = new Object() {

			@Override
			public String toString() {
				throw new IllegalStateException("no text");
			}

		};
		Map<String, Object> circle = new HashMap<>();
		circle.put("self", circle);
		assertThatCode(() -> {
			try (Run run = this.client.start(nothing(), nothing()); Step step = run.step(nothing(), nothing())) {
				run.tag(nothing(), hostile).traceId(nothing()).cost(Double.NaN);
				step.inputs(hostile).outputs(circle).metadata(nothing(), circle).metadata(nothing());
				step.cost(Double.POSITIVE_INFINITY).reasoning(null).tokenUsage("m", Long.MAX_VALUE, 1);
				step.candidates(List.of("a", "b"), (id) -> {
					throw new IllegalStateException("no id");
				}).keep(nothing()).drop(nothing(), nothing());
				step.candidates(nothing(), nothing());
				step.fail(RunTests.<Throwable>nothing());
			}
		}).doesNotThrowAnyException();
		assertThat(this.client.flush()).isTrue();

		assertThat(this.client.sent()).isEqualTo(3);
		assertThat(this.client.dropped()).isZero();
		JsonNode step = this.server.data("step_failed").get(0);
		assertThat(step.path("inputs").path("candidate_count").isMissingNode()).isTrue();
		assertThat(step.path("metadata").path("total_count").asInt()).isEqualTo(2);
	}

	@Test
	void stepsOfOneRunMayEndInAnyThread() throws Exception {
		int threads = 8;
		CyclicBarrier together = new CyclicBarrier(threads);
		List<Thread> running = new ArrayList<>();
		try (Run run = this.client.start("parallel")) {
			for (int number = 0; number < threads; number++) {
				Thread thread = new Thread(() -> {
					try {
						together.await();
					}
					catch (Exception ex) {
						throw new IllegalStateException(ex);
					}
					IntStream.range(0, 100).forEach((step) -> run.step("s").cost(1).close());
				});
				thread.start();
				running.add(thread);
			}
			for (Thread thread : running) {
				thread.join();
			}
		}
		assertThat(this.client.flush()).isTrue();

		assertThat(this.server.data("step_complete")).hasSize(800)
			.extracting((step) -> step.path("started_at").asString())
			.doesNotHaveDuplicates();
		assertThat(this.server.data("run_complete").get(0).path("total_cost").asDouble()).isEqualTo(800);
	}

	@SuppressWarnings({ "NullAway", "TypeParameterUnusedInFormals" })
	private static <T> T nothing() {
		return null;
	}

}
