package dev.whence.query.run;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.whence.model.ProjectId;
import dev.whence.model.run.RunEvent;
import dev.whence.model.run.RunEventType;
import dev.whence.query.IngestSide;
import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@QueryTest
@Import(IngestSide.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunQueryIT {

	private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

	private static final JsonMapper JSON = JsonMapper.shared();

	@LocalServerPort
	private int port;

	private QueryApi api;

	@BeforeAll
	void tellOfSomeRuns(@Autowired IngestSide.Telemetry telemetry) {
		this.api = new QueryApi(this.port);
		List<RunEvent> events = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			UUID run = run(i);
			// The last one drops nearly everything.
			int out = (i == 11) ? 1 : 40 + i % 3;
			events.add(step(run, 1, "find", "retrieval", i, Map.of(), Map.of("count", 100), Map.of(), 0.01));
			events.add(step(run, 2, "price", "filter", i, Map.of("candidate_count", 100),
					Map.of("survivors",
							List.of(Map.of("id", "stand", "score", 0.7), Map.of("id", "phone case", "score", 0.9))),
					Map.of("survivor_count", out, "rejection_histogram", Map.of("too dear", 100 - out)), 0.0));
			events.add(step(run, 3, "rank", "filter", i, Map.of("candidate_count", out),
					Map.of("candidates",
							List.of(Map.of("id", "stand", "selected", false, "reason", "not sold", "rank", 2),
									Map.of("id", "phone case", "selected", true, "rank", 1))),
					Map.of("survivor_count", 1), 0.02));
			events.add(step(run, 4, "answer", "logic", i, Map.of(), List.of("phone case"), Map.of(), 0.0));
			events.add(event((i == 5) ? RunEventType.RUN_FAILED : RunEventType.RUN_COMPLETE, run, run,
					Map.of("name", "search", "tags", Map.of("version", (i < 6) ? "1" : "2"), "started_at", at(i, 0),
							"completed_at", at(i, 9), "error", "late")));
		}
		events.add(event(RunEventType.STEP_COMPLETE, run(50), step(run(50), 1),
				Map.of("name", "lonely", "type", "llm", "started_at", at(50, 1), "cost", 0.5)));
		events.add(event(RunEventType.RUN_SEEN, run(50), run(50), Map.of("started_at", at(50, 1))));
		// Only its start says what it is called.
		events.add(event(RunEventType.RUN_START, run(60), run(60), Map.of("name", "other")));
		events.add(event(RunEventType.RUN_COMPLETE, run(60), run(60),
				Map.of("started_at", "a while ago", "trace_id", "4bf92f3577b34da6a3ce929d0e0e4736")));
		telemetry.tell(ProjectId.DEFAULT, events.toArray(RunEvent[]::new));
		telemetry.tell(new ProjectId(2), event(RunEventType.RUN_COMPLETE, run(70), run(70), Map.of("name", "theirs")));
	}

	@Test
	void runsAreListedTheOneThatStartedLastFirst() {
		List<String> ids = new ArrayList<>();
		get("/runs").forEach((run) -> ids.add(run.get("id").asString()));
		assertThat(ids).hasSize(14).doesNotHaveDuplicates().doesNotContain(run(70).toString());
		// One that names no time stands where it came.
		assertThat(ids.subList(0, 4)).containsExactly(run(60).toString(), run(50).toString(), run(11).toString(),
				run(10).toString());
	}

	@Test
	void pagesShowEachRunOnce() {
		Set<String> seen = new HashSet<>();
		String next = "";
		int pages = 0;
		do {
			var answer = this.api.get("/runs?limit=4&cursor={cursor}", next)
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.returnResult();
			JSON.readTree(answer.getResponseBody())
				.forEach((run) -> assertThat(seen.add(run.get("id").asString())).isTrue());
			next = answer.getResponseHeaders().getFirst("Whence-Next-Cursor");
			pages++;
		}
		while (next != null);
		assertThat(seen).hasSize(14);
		assertThat(pages).isBetween(4, 5);
	}

	@ParameterizedTest
	@CsvSource({ "name=search, 12", "name=other, 1", "name=others, 0", "q=SEA, 12", "q=r, 13", "status=failed, 1",
			"status=RUNNING, 1", "tag=version, 12", "tag=version:2, 6", "tag=version:3, 0", "min_cost=0.4, 1",
			"max_cost=0.03, 13", "trace_id=4BF92F3577B34DA6A3CE929D0E0E4736, 1",
			"from=2026-03-01T10:05:00Z&to=2026-03-01T10:06:00Z, 2", "limit=0, 0", "limit=1000000, 14",
			"name=&status=, 14" })
	void filtersNarrowTheList(String query, int found) {
		assertThat(get("/runs?" + query).size()).isEqualTo(found);
	}

	@ParameterizedTest
	@CsvSource({ "/runs?limit=-1, 400", "/runs?status=done, 400", "/runs?min_cost=NaN, 400", "/runs?min_cost=x, 400",
			"/runs?cursor=x, 400", "/runs/nobody, 400", "/analyze/7, 400", "/runs/compare?before=a&after=b, 400",
			"/runs/compare, 400", "/runs/trend, 400", "/runs/trend?name=search&last=0, 400", "/steps?limit=0, 400",
			"/steps?min_drop_rate=most, 400", "/steps?min_drop_rate=Infinity, 400",
			"/runs/00000000-0000-0000-0000-0000000000ff, 404", "/analyze/00000000-0000-0000-0000-0000000000ff, 404",
			"/runs/00000000-0000-0000-0000-0000000000ff/journey?candidate=x, 404" })
	void badQuestionsAreNamed(String path, int status) {
		this.api.get(path).expectStatus().isEqualTo(status).expectBody().jsonPath("$.detail").isNotEmpty();
	}

	@Test
	void anUnknownRunIsNotFoundInTheWordsOfXRayAndHasNoSteps() {
		UUID unknown = new UUID(0, 99_999);
		this.api.get("/runs/" + unknown).expectBody().jsonPath("$.detail").isEqualTo("Run not found");
		assertThat(get("/runs/" + unknown + "/steps").size()).isZero();
		assertThat(get("/runs/" + run(70) + "/steps").size()).as("another project's").isZero();
	}

	@Test
	void theFunnelNamesWhatEachStepLeft() {
		this.api.get("/analyze/" + run(11)).expectStatus().isOk().expectBody().json("""
				{"run_id":"%s","run_name":"search","status":"COMPLETED","total_cost":0.03,"funnel":[
				 {"step_name":"find","step_type":"retrieval","input_count":null,"output_count":100,"drop_rate":null},
				 {"step_name":"price","input_count":100,"output_count":1,"drop_rate":0.99,
				  "rejection_histogram":{"too dear":99}},
				 {"step_name":"rank","input_count":1,"output_count":1,"drop_rate":0.0},
				 {"step_name":"answer","step_type":"logic"}],"final_output":["phone case"]}
				""".formatted(run(11)));
	}

	@Test
	void stepsAreFoundAcrossRuns() {
		JsonNode found = get("/steps?type=filter&min_drop_rate=0.98");
		assertThat(found.size()).isEqualTo(1);
		assertThat(found.get(0).get("run_name").asString()).isEqualTo("search");
		assertThat(found.get(0).get("step_name").asString()).isEqualTo("price");
		assertThat(get("/steps?name=price").size()).isEqualTo(12);
		assertThat(get("/steps?type=filter&limit=5").size()).isEqualTo(5);
		assertThat(get("/steps?max_drop_rate=0.1").size()).isEqualTo(1);
	}

	@Test
	void aCandidateIsFollowedToWhereItWasDropped() {
		this.api.get("/runs/{run}/journey?candidate=stand", run(3)).expectStatus().isOk().expectBody().json("""
				{"candidate":"stand","outcome":"dropped","sampled":false,"stops":[
				 {"step_name":"price","rank":1,"score":0.7,"selected":true},
				 {"step_name":"rank","rank":2,"selected":false,"reason":"not sold"}]}
				""");
		this.api.get("/runs/{run}/journey?candidate=nobody", run(3))
			.expectBody()
			.jsonPath("$.outcome")
			.isEqualTo("unknown");
	}

	@Test
	void twoRunsStandSideBySide() {
		JsonNode comparison = get("/runs/compare?before=" + run(10) + "&after=" + run(11));
		JsonNode price = comparison.get("steps").get(1);
		assertThat(price.get("before").get("output_count").asInt()).isEqualTo(41);
		assertThat(price.get("after").get("output_count").asInt()).isEqualTo(1);
		assertThat(price.get("after").get("rejections").get("too dear").asDouble()).isEqualTo(99);
	}

	@Test
	void twoVersionsStandSideBySide() {
		JsonNode comparison = get("/runs/compare/versions?name=search&before=version:1&after=version:2");
		assertThat(comparison.get("before").get("runs").asInt()).isEqualTo(6);
		JsonNode price = comparison.get("steps").get(1);
		assertThat(price.get("before").get("output_count").asInt()).isEqualTo(41);
		assertThat(price.get("after").get("output_count").asInt()).as("one strange run of six").isEqualTo(41);
		assertThat(price.get("after").get("rejections").get("too dear").asDouble()).isGreaterThan(60);
		assertThat(get("/runs/compare/versions?name=search&before=version:1&after=version:9").get("steps").size())
			.isEqualTo(4);
	}

	@Test
	void theLatestRunThatLeavesWhatIsUsualIsSeenInTheTrend() {
		JsonNode trend = get("/runs/trend?name=search&last=10");
		assertThat(trend.get("runs").size()).isEqualTo(10);
		JsonNode price = trend.get("stages").get(1);
		assertThat(price.get("name").asString()).isEqualTo("price");
		assertThat(price.get("drifts").toString()).contains("drop_rate").contains("output");
		assertThat(price.get("drop_rates").size()).isEqualTo(10);
		assertThat(price.get("drop_rates").get(0).asDouble()).as("the latest").isEqualTo(0.99);
		assertThat(get("/runs/trend?name=search&tag=version:1").get("runs").size()).isEqualTo(6);
		assertThat(get("/runs/trend?name=nobody").get("stages").size()).isZero();
	}

	@Test
	void theDescriptionTellsEveryParameterEveryRefusalAndTheWayToTheNextPage() {
		JsonNode api = get("/openapi.json");
		for (String path : List.of("/runs", "/runs/{id}", "/runs/{id}/steps", "/runs/{id}/journey", "/runs/compare",
				"/runs/compare/versions", "/runs/trend", "/analyze/{id}", "/steps")) {
			JsonNode operation = api.at("/paths").get(path).get("get");
			for (JsonNode parameter : operation.path("parameters")) {
				assertThat(parameter.path("description").asString()).as(path + " " + parameter.path("name"))
					.isNotBlank();
			}
			for (String status : List.of("400", "401", "403", "429", "503")) {
				assertThat(operation.at("/responses/" + status + "/content/application~1problem+json/schema/$ref")
					.asString()).as(path + " " + status).isEqualTo("#/components/schemas/Problem");
			}
			assertThat(operation.at("/responses/200/content").has("application/json")).as(path).isTrue();
			assertThat(operation.at("/responses").has("404")).as(path).isEqualTo(path.contains("{"));
		}
		assertThat(api.at("/components/schemas/Problem/properties").propertyNames()).contains("code", "detail",
				"errors");
		for (String path : List.of("/runs", "/steps")) {
			assertThat(api.at("/paths").get(path).at("/get/responses/200/headers").propertyNames())
				.containsExactly(Paged.NEXT);
		}
	}

	private JsonNode get(String path) {
		return JSON.readTree(
				this.api.get(path).expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody());
	}

	private static UUID run(int number) {
		return new UUID(0xA, number);
	}

	private static UUID step(UUID run, int number) {
		return UUID.nameUUIDFromBytes((run + "/" + number).getBytes(StandardCharsets.US_ASCII));
	}

	private static String at(int minute, int second) {
		return START.plusSeconds(60L * minute + second).toString();
	}

	private static RunEvent step(UUID run, int number, String name, String type, int minute,
			Map<String, @Nullable Object> inputs, Object outputs, Map<String, @Nullable Object> metadata, double cost) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("name", name);
		data.put("type", type);
		data.put("inputs", inputs);
		data.put("outputs", outputs);
		data.put("metadata", metadata);
		data.put("cost", cost);
		data.put("started_at", at(minute, number));
		data.put("completed_at", at(minute, number + 1));
		return event(RunEventType.STEP_COMPLETE, run, step(run, number), data);
	}

	private static RunEvent event(RunEventType type, UUID run, UUID subject, Map<String, @Nullable Object> data) {
		return new RunEvent(run, subject, type, type.wireName(), data);
	}

}
