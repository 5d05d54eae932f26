package dev.whence.control.build.tracking;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.whence.control.ControlApi;
import dev.whence.control.build.BuildTest;
import dev.whence.control.build.github.GitHubTwin;
import dev.whence.control.build.github.GitHubTwin.Trouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Builds from their request to their end, with a GitHub that has a memory. */
@BuildTest
class BuildApiIT {

	private static final String DISPATCHES = "/dispatches";

	@LocalServerPort
	private int port;

	@Autowired
	private GitHubTwin github;

	@Autowired
	private JdbcClient jdbc;

	private BuildApi api;

	@BeforeEach
	void begin() {
		this.github.reset();
		this.jdbc.sql("truncate control.build_task, control.build_event, control.build cascade").update();
		this.api = new BuildApi(new ControlApi(this.port).as(ControlApi.BOOTSTRAP_KEY));
	}

	@Test
	void aBuildIsOneRunAndEndsAsItDoes() {
		Map<String, Object> build = BuildApi.json(this.api
			.post("/api/build/trigger",
					Map.of("yaml_content", BuildApi.YAML, "image_type", "fedora-bootc", "fedora_version", "43",
							"enable_plymouth", true, "window_manager", "sway", "desktop_environment", "lxqt"))
			.expectStatus()
			.isEqualTo(202));
		assertThat(build).containsKeys("id", "config_id", "workflow_run_id", "status", "image_type", "fedora_version",
				"ref", "started_at", "completed_at", "created_at");
		assertThat(build.get("ref")).isEqualTo("main");
		// A first call on a busy machine may take longer than the request waits.
		Map<String, Object> started = this.api.awaitStatus(BuildApi.id(build), "in_progress");
		GitHubTwin.Run run = this.github.runs().getFirst();
		assertThat(BuildApi.run(started)).isEqualTo(run.id()).isGreaterThan(Integer.MAX_VALUE);
		assertThat(run.inputs()).containsExactlyInAnyOrderEntriesOf(
				Map.of("image_type", "fedora-bootc", "distro_version", "43", "enable_plymouth", "true", "yaml_content",
						BuildApi.YAML, "window_manager", "sway", "desktop_environment", "lxqt"));
		this.github.complete(run.id(), "success");
		Map<String, Object> ended = this.api.awaitStatus(BuildApi.id(build), "success");
		assertThat(ended.get("completed_at")).isNotNull();
		assertThat(tasks()).isZero();
		assertThat(this.github.runs()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "success,success", "failure,failure", "cancelled,cancelled", "timed_out,failure", "neutral,failure",
			"skipped,failure", "action_required,failure", "startup_failure,failure" })
	void everyConclusionHasItsStatus(String conclusion, String status) {
		long id = this.api.trigger("main");
		this.github.complete(this.github.runs().getFirst().id(), conclusion);
		this.api.awaitStatus(id, status);
		assertThat(BuildApi.json(this.api.get("/api/build/{id}/status", id))).containsEntry("conclusion", conclusion)
			.containsEntry("workflow_status", "completed");
	}

	@Test
	void aServerThatNamesNoRunIsAskedForItAndOtherRunsAreLeftAlone() {
		this.github.nameNoRuns();
		long older = this.github.startByHand("main", "builder");
		long foreign = this.github.startByHand("main", "somebody");
		Map<String, Object> build = BuildApi
			.json(this.api.post("/api/build/trigger", Map.of("yaml_content", BuildApi.YAML)));
		assertThat(BuildApi.run(build)).isNotIn(older, foreign).isEqualTo(this.github.runs().getLast().id());
		assertThat(this.github.runs()).hasSize(3);
	}

	@Test
	void theAuditTellsWhoTriggeredAndWhoCancelled() {
		long id = this.api.trigger("main");
		this.api.post("/api/build/" + id + "/cancel", "").expectStatus().isOk();
		assertThat(this.jdbc.sql("""
				select action || ' by ' || actor_kind from control.audit_entry
				 where object_kind = 'build' and object_id = ? order by id
				""").param(String.valueOf(id)).query(String.class).list())
			.containsExactly("build.triggered by operator", "build.cancelled by operator");
	}

	@Test
	void whatGitHubDidWhileTheDatabaseFailedIsFoundAndNotDoneAgain() {
		this.jdbc.sql("""
				create function control.refuse() returns trigger language plpgsql as
				$$ begin raise exception 'no space left' using errcode = '53100'; end $$
				""").update();
		this.jdbc.sql("""
				create trigger refuse before update on control.build for each row
				when (new.workflow_run_id is not null) execute function control.refuse()
				""").update();
		try {
			this.api.post("/api/build/trigger", Map.of("yaml_content", BuildApi.YAML)).expectStatus().isEqualTo(202);
			await().untilAsserted(() -> assertThat(this.github.runs()).hasSize(1));
			await().untilAsserted(() -> assertThat(
					this.jdbc.sql("select max(failures) from control.build_task").query(Integer.class).single())
				.isPositive());
		}
		finally {
			this.jdbc.sql("drop trigger refuse on control.build").update();
			this.jdbc.sql("drop function control.refuse").update();
		}
		await().untilAsserted(() -> assertThat(builds()).singleElement()
			.satisfies((build) -> assertThat(build.get("status")).isEqualTo("in_progress")));
		assertThat(this.github.runs()).hasSize(1);
	}

	@Test
	void manyAtOnceAreOneRunEachAndNobodyGetsAnothersRun() throws InterruptedException {
		this.github.nameNoRuns();
		List<Thread> clients = IntStream.range(0, 8)
			.mapToObj((n) -> Thread.ofVirtual()
				.start(() -> this.api.post("/api/build/trigger",
						Map.of("yaml_content", BuildApi.YAML, "fedora_version", String.valueOf(100 + n)))))
			.toList();
		for (Thread client : clients) {
			client.join();
		}
		await().untilAsserted(() -> assertThat(builds()).hasSize(8)
			.allSatisfy((build) -> assertThat(build.get("workflow_run_id")).isNotNull()));
		assertThat(this.github.runs()).hasSize(8);
		for (Map<String, Object> build : builds()) {
			assertThat(this.github.runs()).filteredOn((run) -> run.id() == BuildApi.run(build))
				.singleElement()
				.satisfies(
						(run) -> assertThat(run.inputs().get("distro_version")).isEqualTo(build.get("fedora_version")));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 500, 502, 503 })
	void whatGitHubRefusesIsAFailedBuildAndABadGateway(int status) {
		this.github.meet(Trouble.answered("POST", DISPATCHES, status));
		Map<String, Object> refusal = BuildApi
			.json(this.api.post("/api/build/trigger", Map.of("yaml_content", BuildApi.YAML))
				.expectStatus()
				.isEqualTo(502));
		assertThat(refusal.get("status")).isEqualTo(502);
		assertThat(refusal.get("error")).asString()
			.contains("GitHub answered " + status)
			.doesNotContain(GitHubTwin.TOKEN);
		assertThat(refusal.get("detail")).isEqualTo(refusal.get("error"));
		assertThat(builds()).singleElement().extracting("status").isEqualTo("failure");
		assertThat(tasks()).isZero();
		assertThat(this.github.runs()).isEmpty();
	}

	@Test
	void aDispatchWithoutAnAnswerIsLookedForAndNotRepeated() {
		this.github.meet(Trouble.after("POST", DISPATCHES, () -> {
		}));
		long id = this.api.trigger("main");
		Map<String, Object> build = this.api.awaitStatus(id, "in_progress");
		assertThat(BuildApi.run(build)).isEqualTo(this.github.runs().getFirst().id());
		assertThat(this.github.runs()).hasSize(1);
	}

	@Test
	void aDispatchThatGotLostIsRepeatedOnceThatIsSure() {
		this.github.meet(Trouble.before("POST", DISPATCHES, () -> {
		}));
		long id = this.api.trigger("main");
		assertThat(this.api.build(id).get("status")).isEqualTo("queued");
		this.api.awaitStatus(id, "in_progress");
		assertThat(this.github.runs()).hasSize(1);
	}

	@Test
	void ofTwoRunsThatMayBeItNoneIsTaken() {
		this.github.meet(Trouble.after("POST", DISPATCHES, () -> this.github.startByHand("main", "builder")));
		long id = this.api.trigger("main");
		assertThat(this.api.awaitStatus(id, "failure").get("detail")).asString()
			.contains(this.github.runs().stream().map((run) -> String.valueOf(run.id())).toList());
		assertThat(this.github.runs()).hasSize(2);
	}

	@Test
	void whatIsAtItsEndStaysThere() {
		long id = this.api.trigger("main");
		long run = this.github.runs().getFirst().id();
		this.api.cancel(id).expectStatus().isOk().expectBody().jsonPath("$.status").isEqualTo("cancelled");
		assertThat(this.github.runs().getFirst().conclusion()).isEqualTo("cancelled");
		this.github.complete(run, "success");
		this.api.get("/api/build/{id}/status", id).expectBody().jsonPath("$.build.status").isEqualTo("cancelled");
		assertThat(BuildApi.json(this.api.cancel(id).expectStatus().isEqualTo(400))).containsEntry("error",
				"Cannot cancel build in status: BuildStatus.CANCELLED");
	}

	@Test
	void cancellingWhatHasJustEndedTellsHow() {
		long id = this.api.trigger("main");
		this.github.complete(this.github.runs().getFirst().id(), "success");
		Map<String, Object> answer = BuildApi.json(this.api.cancel(id).expectStatus().isEqualTo(400));
		assertThat(answer.get("error")).isEqualTo("Cannot cancel build in status: BuildStatus.SUCCESS");
	}

	@Test
	void aCancellationThatGitHubDoesNotTakeChangesNothing() {
		long id = this.api.trigger("main");
		this.github.meet(Trouble.answered("POST", "/cancel", 500));
		this.api.cancel(id).expectStatus().isEqualTo(502);
		assertThat(this.api.build(id).get("status")).isEqualTo("in_progress");
		this.api.cancel(id).expectStatus().isOk();
	}

	@Test
	void theRunOfABuildThatWasCancelledMeanwhileIsEnded() {
		this.github.meet(Trouble.after("POST", DISPATCHES, () -> {
		}));
		this.github.nameNoRuns();
		long id = this.api.trigger("main");
		this.api.cancel(id).expectStatus().isOk();
		await().untilAsserted(() -> assertThat(this.github.runs())
			.allSatisfy((run) -> assertThat(run.conclusion()).isEqualTo("cancelled")));
		assertThat(this.api.build(id).get("status")).isEqualTo("cancelled");
		await().untilAsserted(() -> assertThat(tasks()).isZero());
	}

	@Test
	void aRunThatGitHubForgetsEndsTheBuild() {
		long id = this.api.trigger("main");
		this.github.forget(this.github.runs().getFirst().id());
		this.jdbc.sql("update control.build_task set failures = 4").update();
		assertThat(this.api.awaitStatus(id, "failure").get("detail")).asString().contains("does not know the run");
	}

	@Test
	void statusIsNullWhereGitHubDoesNotSay() {
		long id = this.api.trigger("main");
		this.github.forget(this.github.runs().getFirst().id());
		Map<String, Object> status = BuildApi.json(this.api.get("/api/build/{id}/status", id).expectStatus().isOk());
		assertThat(status).containsEntry("workflow_status", null)
			.containsEntry("workflow_url", null)
			.containsEntry("conclusion", null)
			.containsEntry("logs_url", null);
	}

	@Test
	void statusTellsOfTheRun() {
		long id = this.api.trigger("main");
		Map<String, Object> status = BuildApi.json(this.api.get("/api/build/{id}/status", id));
		String url = "https://github.com/" + GitHubTwin.REPOSITORY + "/actions/runs/"
				+ this.github.runs().getFirst().id();
		assertThat(status).containsEntry("workflow_status", "queued")
			.containsEntry("workflow_url", url)
			.containsEntry("logs_url", url + "/checks");
	}

	@Test
	void pagesAreNewestFirstAndFiltered() {
		List<Long> ids = List.of(this.api.trigger("main"), this.api.trigger("main"), this.api.trigger("main"));
		this.api.cancel(ids.getFirst()).expectStatus().isOk();
		Map<String, Object> page = BuildApi.json(this.api.get("/api/build/?page=1&page_size=2").expectStatus().isOk());
		assertThat(page).containsEntry("total", 3).containsEntry("page", 1).containsEntry("page_size", 2);
		assertThat(BuildApi.builds(page)).extracting(BuildApi::id).containsExactly(ids.get(2), ids.get(1));
		assertThat(BuildApi.json(this.api.get("/api/build/?status=cancelled"))).containsEntry("total", 1);
		assertThat(BuildApi.json(this.api.get("/api/build/?config_id=1"))).containsEntry("total", 0);
		this.api.get("/api/build/?status=done").expectStatus().isEqualTo(422);
		this.api.get("/api/build/?page_size=101").expectStatus().isEqualTo(422);
		this.api.get("/api/build/?page=0").expectStatus().isEqualTo(422);
		this.api.get("/api/build/none").expectStatus().isEqualTo(422);
	}

	@Test
	void anotherProjectsBuildIsNotFound() {
		long id = this.api.trigger("main");
		ControlApi control = new ControlApi(this.port);
		BuildApi other = new BuildApi(
				control.as((String) control.createKey(control.createProject("stranger"), "admin").get("key")));
		other.get("/api/build/{id}", id).expectStatus().isNotFound();
		other.get("/api/build/{id}/status", id).expectStatus().isNotFound();
		other.get("/api/build/{id}/events", id).expectStatus().isNotFound();
		other.cancel(id).expectStatus().isNotFound();
		assertThat(BuildApi.json(other.get("/api/build/"))).containsEntry("total", 0);
		other.post("/api/build/trigger", Map.of("config_id", 1)).expectStatus().isNotFound();
		assertThat(this.api.build(id).get("status")).isEqualTo("in_progress");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"yaml_content": "name: x", "ref": "a b"}           | /ref
			{"yaml_content": "name: x", "ref": "-x"}            | /ref
			{"yaml_content": "name: x", "ref": "a..b"}          | /ref
			{"yaml_content": "name: x", "image_type": "arch"}   | /image_type
			{"yaml_content": "name: x", "fedora_version": "4;"} | /fedora_version
			{"config_id": "one"}                                | /config_id
			""")
	void wrongFieldsAreNamed(String body, String pointer) {
		this.api.post("/api/build/trigger", body)
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].pointer")
			.isEqualTo(pointer)
			.jsonPath("$.detail[0].loc[0]")
			.isEqualTo("body");
	}

	private List<Map<String, Object>> builds() {
		return BuildApi.builds(BuildApi.json(this.api.get("/api/build/?page_size=100")));
	}

	private long tasks() {
		return this.jdbc.sql("select count(*) from control.build_task").query(Long.class).single();
	}

}
