package dev.whence.query.pattern;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.whence.model.LogMask;
import dev.whence.model.LogRecord;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.query.IngestSide;
import dev.whence.query.QueryApi;
import dev.whence.query.QueryTest;
import dev.whence.testkit.postgres.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@QueryTest
@Import(IngestSide.class)
@TestPropertySource(properties = "test.database=patterns")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatternQueryIT {

	private static final ProjectId PROJECT = new ProjectId(1);

	private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

	private static final String RANGE = "from=2026-03-01T10:00:00Z&to=2026-03-01T11:00:00Z";

	@LocalServerPort
	private int port;

	private QueryApi api;

	@BeforeAll
	void logAndLearn(@Autowired TestDatabase database, @Autowired IngestSide.Telemetry telemetry) {
		this.api = new QueryApi(this.port);
		// The worker's own migrations, so that its views and these questions cannot drift
		// apart.
		Flyway.configure()
			.dataSource(database.dataSource())
			.schemas("incidents")
			.locations("filesystem:../analysis-worker/src/main/resources/db/incidents")
			.load()
			.migrate();
		JdbcClient.create(database.dataSource())
			.sql("""
					insert into incidents.log_template (project_id, service, id, number, text, first_seen, last_seen) values
					    (1, 'shop', 'aaaaaaaaaaaaaaaa', 0, 'welcome back <*>', '2026-01-01T00:00:00Z', '2026-03-01T10:00:00Z'),
					    (2, 'shop', 'bbbbbbbbbbbbbbbb', 0, '<*> not yours', '2026-01-01T00:00:00Z', '2026-03-01T10:00:00Z');
					insert into incidents.log_form (project_id, service, id, form, template_id) values
					    (1, 'shop', :ada, 'welcome back ada', 'aaaaaaaaaaaaaaaa')
					""")
			.param("ada", LogMask.id("welcome back ada"))
			.update();
		telemetry.store(PROJECT, log("shop", 1, "INFO", "welcome back ada"), log("shop", 2, "INFO", "welcome back eve"),
				log("shop", 3000, "ERROR", "order 4711 lost"), log("bank", 5, "INFO", "closed"));
		telemetry.store(PROJECT,
				IntStream.range(0, 700).mapToObj((i) -> log("busy", 600, "INFO", "tick " + i)).toArray(Signal[]::new));
	}

	@Test
	void patternsOfAServiceAreCountedMostFrequentFirst() {
		this.api.get("/query/patterns?service=shop&" + RANGE)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(2)
			.jsonPath("$.items[0].template")
			.isEqualTo("welcome back <*>")
			.jsonPath("$.items[0].id")
			.isEqualTo("aaaaaaaaaaaaaaaa")
			.jsonPath("$.items[0].count")
			.isEqualTo(2)
			.jsonPath("$.items[0].first_seen")
			.isEqualTo("2026-01-01T00:00:00Z")
			.jsonPath("$.items[0].trend[0]")
			.isEqualTo(2)
			.jsonPath("$.items[0].examples.length()")
			.isEqualTo(2)
			.jsonPath("$.items[1].template")
			.isEqualTo("order <*> lost")
			.jsonPath("$.items[1].levels.ERROR")
			.isEqualTo(1)
			.jsonPath("$.items[1].trend[10]")
			.isEqualTo(1)
			.jsonPath("$.exact")
			.isEqualTo(true);
	}

	@Test
	void countsOfABusyServiceAreScaledAndSaidToBe() {
		this.api.get("/query/patterns?service=busy&" + RANGE)
			.expectBody()
			.jsonPath("$.items[0].count")
			.isEqualTo(700)
			.jsonPath("$.read")
			.isEqualTo(PatternSearch.READ)
			.jsonPath("$.total")
			.isEqualTo(700)
			.jsonPath("$.exact")
			.isEqualTo(false);
	}

	@ParameterizedTest
	@CsvSource({ "service=shop&level=error, 1", "level=debug, 0", "service=none, 0", "limit=1, 1" })
	void filtersNarrowTheList(String query, int patterns) {
		this.api.get("/query/patterns?" + query + "&" + RANGE)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(patterns);
	}

	@ParameterizedTest
	@CsvSource({ "from=2026-03-01T11:00:00Z&to=2026-03-01T10:00:00Z", "from=never", "limit=501", "limit=0" })
	void aQuestionThatCannotBeReadIsRefused(String query) {
		this.api.get("/query/patterns?" + query).expectStatus().isBadRequest();
	}

	@Test
	void linesAreMatchedInTheirOrder() {
		match("""
				{"service": "shop", "lines": ["nobody knows this", "welcome back zoe", "welcome back ada", ""]}""")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.version")
			.isEqualTo(LogMask.VERSION)
			.jsonPath("$.matches[0].id")
			.isEqualTo(LogMask.id("nobody knows this"))
			.jsonPath("$.matches[0].known")
			.isEqualTo(false)
			.jsonPath("$.matches[1].id")
			.isEqualTo("aaaaaaaaaaaaaaaa")
			.jsonPath("$.matches[1].known")
			.isEqualTo(false)
			.jsonPath("$.matches[2].template")
			.isEqualTo("welcome back <*>")
			.jsonPath("$.matches[2].known")
			.isEqualTo(true)
			.jsonPath("$.matches[3].template")
			.isEqualTo("");
	}

	@Test
	void tooManyLinesAreRefused() {
		match("{\"lines\": [" + "\"x\",".repeat(5_000) + "\"x\"]}").expectStatus().isEqualTo(422);
		match("{}").expectStatus().isEqualTo(422);
	}

	private RestTestClient.ResponseSpec match(String body) {
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.post()
			.uri("/query/patterns/match")
			.header("X-Api-Key", QueryApi.KEY)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private static LogRecord log(String service, int second, String level, String message) {
		return new LogRecord(UUID.randomUUID(), null, null, service, TIME.plusSeconds(second), level, message, Map.of(),
				Map.of(), Map.of());
	}

}
