package dev.whence.ingest.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.ingest.IngestApi;
import dev.whence.ingest.IngestApi.Answer;
import dev.whence.ingest.IngestTest;
import dev.whence.model.ProjectId;
import dev.whence.model.run.DecisionFunnel;
import dev.whence.model.run.DecisionRun;
import dev.whence.model.run.DecisionStep;
import dev.whence.model.run.RunEvent;
import dev.whence.model.run.RunEventType;
import dev.whence.model.run.RunStatus;
import dev.whence.store.RunFilter;
import dev.whence.store.RunReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Events of decision runs from the wire to the picture that they make, on PostgreSQL. */
@IngestTest
class RunEventIT {

	private static final String JSON = "application/json";

	@LocalServerPort
	int port;

	@Autowired
	RunReader reader;

	@Autowired
	JdbcClient jdbc;

	IngestApi api;

	UUID run;

	@BeforeEach
	void begin() {
		this.api = new IngestApi(this.port);
		this.run = UUID.randomUUID();
	}

	@Test
	void stepsComeBeforeTheirRunAndMakeOnePicture() {
		Answer steps = send(filter(1, 100, 20, 1), filter(2, 20, 2, 2));
		assertThat(steps.status()).as(steps.body()).isEqualTo(200);
		assertThat(steps.json().get("status").asString()).isEqualTo("ok");
		assertThat(steps.json().get("processed").asInt()).isEqualTo(2);
		assertThat(picture().status()).isEqualTo(RunStatus.RUNNING);
		assertThat(listed()).as("listed before anything is told of it").isEqualTo(1);
		send(complete("search", 3));
		DecisionRun picture = picture();
		assertThat(picture.status()).isEqualTo(RunStatus.COMPLETED);
		assertThat(picture.name()).isEqualTo("search");
		assertThat(DecisionFunnel.of(picture).funnel()).extracting(DecisionFunnel.Stage::outputCount)
			.containsExactly(20L, 2L);
		assertThat(listed()).as("and not twice").isEqualTo(1);
	}

	@Test
	void shuffledRepeatedAndSplitDeliveryGivesTheSamePicture() throws Exception {
		List<String> events = new ArrayList<>(
				IntStream.range(0, 60).mapToObj((i) -> filter(i, 1000 - i, 900 - i, i)).toList());
		events.add(complete("search", 100));
		events.add(event("run_start", this.run, "\"name\":\"search\",\"started_at\":\"2026-03-01T09:00:00Z\""));
		events.add(event("heartbeat", this.run, "\"anything\":[1,2,3]"));
		send(events.toArray(String[]::new));
		DecisionRun expected = picture();
		long rows = rows();
		try (var executor = Executors.newFixedThreadPool(6)) {
			List<Callable<Answer>> calls = new ArrayList<>();
			for (int seed = 0; seed < 24; seed++) {
				List<String> shuffled = new ArrayList<>(events);
				Collections.shuffle(shuffled, new Random(seed));
				List<String> part = shuffled.subList(0, 1 + seed * 2);
				calls.add(() -> send(part.toArray(String[]::new)));
			}
			for (var answer : executor.invokeAll(calls)) {
				assertThat(answer.get().status()).isEqualTo(200);
			}
		}
		assertThat(picture()).isEqualTo(expected);
		assertThat(rows()).as("events are stored once").isEqualTo(rows);
	}

	@Test
	void whatIsReadOfALongRunIsWhatTellsOfItAndItsFirstSteps() {
		send(IntStream.range(0, 30).mapToObj((i) -> filter(i, 100 - i, 50, i)).toArray(String[]::new));
		send(complete("search", 100));
		Set<UUID> all = picture().steps().stream().limit(10).map(DecisionStep::id).collect(Collectors.toSet());
		List<RunEvent> some = this.reader.events(ProjectId.DEFAULT, List.of(this.run), 12).get(this.run);
		assertThat(some).hasSize(12).extracting(RunEvent::type).contains(RunEventType.RUN_COMPLETE);
		assertThat(DecisionRun.of(some).steps()).extracting(DecisionStep::id).containsAll(all);
		assertThat(this.reader.events(ProjectId.DEFAULT, List.of(this.run), 10_000).get(this.run))
			.hasSizeGreaterThan(30);
	}

	@Test
	void manySendersOfTheSameRunLoseAndDoubleNothing() throws Exception {
		List<String> events = IntStream.range(0, 400).mapToObj((i) -> filter(i, 10, 5, i)).toList();
		try (var executor = Executors.newFixedThreadPool(8)) {
			List<Callable<Answer>> calls = IntStream.range(0, 16)
				.<Callable<Answer>>mapToObj(
						(i) -> () -> send(events.subList((i % 8) * 50, (i % 8) * 50 + 50).toArray(String[]::new)))
				.toList();
			for (var answer : executor.invokeAll(calls)) {
				assertThat(answer.get().status()).isEqualTo(200);
			}
		}
		assertThat(picture().steps()).hasSize(400).extracting(DecisionStep::id).doesNotHaveDuplicates();
		assertThat(eventsOf("kind in (5, 6)")).isEqualTo(400);
	}

	@Test
	void aBadEventFailsNoneOfItsNeighbours() {
		Answer answer = send("7", filter(1, 10, 5, 1), "{\"type\":\"step_complete\"}",
				"{\"type\":\"step_complete\",\"data\":{\"id\":\"one\",\"run_id\":\"%s\"}}".formatted(this.run),
				event("step_complete", UUID.randomUUID(), "\"run_id\":\"" + this.run + "\",\"cost\":NaN"),
				complete("search", 2));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.json().get("processed").asInt()).isEqualTo(2);
		assertThat(answer.json().get("rejected").asInt()).isEqualTo(4);
		assertThat(answer.json().get("results").get(3).get("errors").get(0).get("pointer").asString())
			.isEqualTo("/events/3/data/id");
		assertThat(answer.json().get("results").get(4).get("status").asString()).isEqualTo("rejected");
		assertThat(picture().steps()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{}|422|events", "[]|400|JSON object", "{\"events\":{}}|422|events",
			"{\"events\":[{}]}|422|/events/0/type", "{\"events\":[],\"events\":[]}|422|twice",
			"{\"events\":[{\"type\":5,\"data\":{}}]}|422|/events/0/type",
			"{\"events\":[{\"type\":\"run_complete\",\"data\":{}}]}|422|/events/0/data/id",
			"{\"events\":[{\"type\":\"run_complete\",\"data\":{\"id\":\"x\"}}]}|422|UUID",
			"{\"events\":[{\"type\":\"run_complete\",\"data\":[]}]}|422|/events/0/data",
			"{\"events\":[{\"type\":\"step_complete\",\"data\":{\"id\":\"3f0f7c3e-6c0b-4c0e-9a39-1f2b7f6a1d10\"}}]}"
					+ "|422|run_id",
			"{\"events\":[{\"type\":\"run_complete\",\"data\":{\"id\":\"3f0f7c3e-6c0b-4c0e-9a39-1f2b7f6a1d10\","
					+ "\"name\":7}}]}|422|/events/0/data/name",
			"{\"events\":[{\"type\":\"run_complete\",\"data\":{\"id\":\"3f0f7c3e-6c0b-4c0e-9a39-1f2b7f6a1d10\","
					+ "\"total_cost\":\"much\"}}]}|422|total_cost",
			"{\"events\":[|400|line 1", "NaN|400|JSON object" })
	void aRequestOfWhichNothingCanBeTakenSaysWhy(String body, int status, String mentioned) {
		Answer answer = this.api.post("/ingest", JSON, body);
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.body()).contains(mentioned);
	}

	@Test
	void moreEventsThanOneRequestMayHaveAreRefusedWithTheLimit() {
		Answer answer = this.api.post("/ingest", JSON, "{\"events\":[" + "{},".repeat(1_000_000) + "{}]}");
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.body()).contains("10000");
	}

	@Test
	void aHundredThousandCandidatesAreSampledAndCounted() {
		String survivors = IntStream.range(0, 100_000)
			.mapToObj((i) -> "{\"id\":\"c" + i + "\",\"score\":0." + i + "}")
			.collect(Collectors.joining(","));
		Answer answer = send(event("step_complete", UUID.randomUUID(),
				"\"run_id\":\"%s\",\"name\":\"big\",\"type\":\"filter\",\"inputs\":{\"candidate_count\":200000},"
					.formatted(this.run) + "\"outputs\":{\"survivors\":[" + survivors + "]}"));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		DecisionStep step = picture().steps().getFirst();
		assertThat(step.counts().input()).isEqualTo(200_000);
		assertThat(step.counts().output()).isEqualTo(100_000);
		assertThat(step.counts().dropRate()).isCloseTo(0.5, within(1e-9));
		assertThat(step.sampled()).containsEntry("outputs.survivors", 100_000);
		assertThat(step.outputs().toString().length()).isLessThan(60_000);
	}

	@Test
	void eventsThatNameNoTimeAreStoredOnceToo() {
		String timeless = event("run_failed", this.run,
				"\"name\":\"no clock\",\"error\":\"soon\",\"completed_at\":\"soon\"");
		assertThat(send(timeless).json().get("duplicates").asInt()).isZero();
		assertThat(send(timeless).json().get("duplicates").asInt()).isEqualTo(1);
		assertThat(rows()).isEqualTo(1);
		assertThat(picture().completedAt()).as("echoed").isEqualTo("soon");
	}

	@Test
	void aCompletedRunThatFailsLaterHasFailed() {
		send(complete("search", 1));
		send(event("run_failed", this.run,
				"\"name\":\"search\",\"error\":\"disk full\",\"completed_at\":\"2026-03-01T11:00:00Z\""));
		assertThat(picture().status()).isEqualTo(RunStatus.FAILED);
		assertThat(picture().error()).isEqualTo("disk full");
	}

	@Test
	void whatPostgresCannotKeepIsNoReasonToRefuse() {
		Answer answer = send(event("run_complete", this.run,
				"\"name\":\"a\\u0000b\",\"tags\":{\"x\":\"\\ud800\"},\"completed_at\":\"2026-03-01T11:00:00Z\""));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(picture().name()).contains("a").contains("b");
	}

	@Test
	void numbersOfManyDigitsAreKeptAsTheirNearest() {
		send(event("step_complete", UUID.randomUUID(),
				"\"run_id\":\"%s\",\"name\":\"n\",\"type\":\"llm\",\"outputs\":{\"n\":%s},\"cost\":0.1"
					.formatted(this.run, "1".repeat(300))));
		assertThat(picture().steps().getFirst().outputs().toString()).contains("E299");
	}

	@Test
	void rejectedEventsAreCountedAndListed() {
		long before = rejected();
		send("{\"type\":\"run_complete\",\"data\":{\"id\":\"nobody\"}}", complete("search", 1));
		assertThat(rejected()).isEqualTo(before + 1);
	}

	private Answer send(String... events) {
		return this.api.post("/ingest", JSON, "{\"events\":[" + String.join(",", events) + "]}");
	}

	private String filter(int number, int in, int out, int second) {
		return event("step_complete", new UUID(this.run.getMostSignificantBits(), number),
				"""
						"run_id":"%s","name":"filter %d","type":"filter","inputs":{"candidate_count":%d},\
						"outputs":{"survivor_count":%d},"started_at":"2026-03-01T10:%02d:00Z","completed_at":"2026-03-01T10:%02d:01Z"\
						"""
					.formatted(this.run, number % 3, in, out, second % 60, second % 60));
	}

	private String complete(String name, int minute) {
		return event("run_complete", this.run,
				"""
						"name":"%s","tags":{"version":"1"},"started_at":"2026-03-01T09:00:00Z","completed_at":"2026-03-01T10:%02d:02Z"\
						"""
					.formatted(name, minute % 60));
	}

	private static String event(String type, UUID id, String rest) {
		return "{\"type\":\"%s\",\"data\":{\"id\":\"%s\",%s}}".formatted(type, id, rest);
	}

	private DecisionRun picture() {
		return DecisionRun.of(this.reader.events(ProjectId.DEFAULT, List.of(this.run), 100_000).get(this.run));
	}

	private long listed() {
		return this.reader.runs(ProjectId.DEFAULT, RunFilter.ALL, null, 10_000)
			.stream()
			.filter((listed) -> listed.runId().equals(this.run))
			.count();
	}

	private long rows() {
		return eventsOf("kind <> 7");
	}

	private long eventsOf(String condition) {
		return this.jdbc.sql("select count(*) from signals.run_event where run_id = :run and " + condition)
			.param("run", this.run)
			.query(Long.class)
			.single();
	}

	private long rejected() {
		return this.api.get("/metrics")
			.body()
			.lines()
			.filter((line) -> line.startsWith("whence_ingest_signals_total{") && line.contains("type=\"run\"")
					&& line.contains("outcome=\"rejected\""))
			.mapToLong((line) -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

}
