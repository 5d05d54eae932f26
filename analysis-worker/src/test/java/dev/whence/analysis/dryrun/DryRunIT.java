package dev.whence.analysis.dryrun;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobsByHand;
import dev.whence.model.LogRecord;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.TraceId;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.testkit.postgres.WithPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Other rules, tried through the API on what a real PostgreSQL holds: traces, problems
 * without a trace, and alerts, grouped in earnest before.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open", "whence.incident.settle=0s",
				"whence.incident.lifecycle.sweep=1d" })
@Import(JobsByHand.class)
@WithPostgres
class DryRunIT {

	private static final ProjectId PROJECT = ProjectId.DEFAULT;

	@Autowired
	SignalWriter writer;

	@Autowired
	JobQueue queue;

	@Autowired
	JobsByHand jobs;

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	int port;

	/** Every story has services of its own. */
	String story = UUID.randomUUID().toString().substring(0, 8);

	Instant time = Instant.now().minusSeconds(7200).truncatedTo(ChronoUnit.MILLIS);

	@BeforeEach
	void startAfresh() {
		this.jobs.takeOver();
		this.jdbc.sql("update incidents.job set done_version = wanted_version").update();
		this.jdbc.sql("truncate incidents.incident, incidents.observation, incidents.notification_channel cascade")
			.update();
	}

	@Test
	void unchangedRulesReproduceTodaysIncidentsAndNothingIsWritten() {
		aDay();
		Map<String, String> before = everything();
		JsonNode answer = dryRun("{}");
		JsonNode today = answer.at("/today/incidents");
		JsonNode changed = answer.at("/changed/incidents");
		assertThat(today.size()).isEqualTo(4);
		assertThat(described(changed)).containsExactlyElementsOf(described(today));
		assertThat(answer.at("/changed/rules")).isEqualTo(answer.at("/today/rules"));
		assertThat(answer.at("/changed/counts")).isEqualTo(answer.at("/today/counts"));
		for (int i = 0; i < today.size(); i++) {
			assertThat(texts(changed.get(i).path("was"))).containsExactly(today.get(i).path("id").asString());
		}
		for (String difference : List.of("merges", "splits", "vanishes", "opens", "held")) {
			assertThat(answer.path(difference)).as(difference).isEmpty();
		}
		assertThat(answer.path("truncated").asBoolean()).isFalse();
		dryRun("{\"gap\":\"30s\",\"opens_from\":\"low\",\"route\":{}}");
		assertThat(everything()).isEqualTo(before);
	}

	@Test
	void aLargerGapMergesAndASmallerOneSplits() {
		aDay();
		JsonNode larger = dryRun("{\"gap\":\"PT5M\"}");
		assertThat(larger.path("merges")).hasSize(1);
		assertThat(larger.at("/merges/0/was")).hasSize(2);
		assertThat(larger.at("/changed/counts/incidents").asInt()).isEqualTo(3);
		assertThat(larger.at("/changed/rules/gap").asString()).isEqualTo("PT5M");
		JsonNode smaller = dryRun("{\"gap\":\"30s\"}");
		// The import fails every minute, without a trace; the search was slow twice.
		assertThat(smaller.path("splits")).hasSize(2);
		assertThat(smaller.at("/splits/0/numbers")).hasSize(3);
		assertThat(smaller.at("/splits/1/numbers")).hasSize(2);
		assertThat(smaller.path("vanishes")).isEmpty();
	}

	@Test
	void thresholdsLetIncidentsVanishAndOpen() {
		aDay();
		JsonNode lower = dryRun("{\"opens_from\":\"LOW\"}");
		assertThat(lower.path("opens")).hasSize(2);
		assertThat(lower.at("/changed/incidents").valueStream())
			.filteredOn((incident) -> incident.path("was").isEmpty())
			.extracting((incident) -> incident.path("services").get(0).asString())
			.containsExactlyInAnyOrder(service("cache"), service("disk"));
		JsonNode higher = dryRun("{\"opens_from\":\"critical\",\"analyses_from\":\"critical\"}");
		assertThat(higher.path("vanishes")).hasSize(3);
		assertThat(higher.at("/changed/counts/incidents").asInt()).isEqualTo(1);
		assertThat(higher.at("/changed/counts/analysed").asInt()).isEqualTo(1);
	}

	@Test
	void aRouteIsCountedBesideThoseThatThereAre() {
		aDay();
		assertThat(dryRun("{\"route\":{\"min_severity\":\"low\",\"strategy\":\"new-only\"}}").at("/route/messages")
			.asInt()).isEqualTo(4);
		assertThat(dryRun("{\"route\":{\"services\":[\"" + service("search") + "\"],\"min_severity\":\"low\"}}")
			.at("/route/messages")
			.asInt()).isEqualTo(1);
		UUID channel = channelThatHearsOfEverything();
		JsonNode muted = dryRun("{\"route\":{\"channel\":\"" + channel + "\",\"services\":[\"" + service("search")
				+ "\"],\"min_severity\":\"low\",\"strategy\":\"none\"}}");
		assertThat(muted.at("/route/today").asInt()).isEqualTo(4);
		assertThat(muted.at("/route/messages").asInt()).isEqualTo(3);
		assertThat(muted.at("/today/counts/messages").asInt()).isEqualTo(4);
		assertThat(muted.at("/changed/counts/messages").asInt()).isEqualTo(3);
	}

	@Test
	void whatAPersonPutTogetherIsHeld() {
		aDay();
		List<UUID> ids = this.jdbc
			.sql("select id from incidents.incident where title like '%declined%' order by first_seen")
			.query(UUID.class)
			.list();
		assertThat(send("/query/incidents/" + ids.getLast() + "/merge", "{\"into\":\"" + ids.getFirst() + "\"}")
			.getStatus()
			.value()).isEqualTo(200);
		JsonNode answer = dryRun("{\"gap\":\"30s\"}");
		assertThat(answer.at("/today/counts/incidents").asInt()).isEqualTo(3);
		assertThat(answer.at("/changed/incidents").valueStream())
			.filteredOn((incident) -> texts(incident.path("was")).contains(ids.getFirst().toString()))
			.singleElement()
			.satisfies((incident) -> assertThat(incident.path("members").asInt()).isEqualTo(3));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"gaps\":\"PT2M\"} | /gaps", "{\"gap\":\"soon\"} | /gap", "{\"gap\":\"0s\"} | /gap",
					"{\"gap\":\"P2D\"} | /gap", "{\"gap\":{}} | /gap", "{\"reach\":11} | /reach",
					"{\"reach\":\"far\"} | /reach", "{\"opens_from\":\"terrible\"} | /opens_from",
					"{\"analyses_from\":\"\"} | /analyses_from", "{\"from\":\"yesterday\"} | /from",
					"{\"from\":\"2020-01-01T00:00:00Z\"} | /from",
					"{\"from\":\"2026-03-02T00:00:00Z\",\"to\":\"2026-03-01T00:00:00Z\"} | /from",
					"{\"route\":{\"strategy\":\"loud\"}} | /route/strategy",
					"{\"route\":{\"min_severity\":\"any\"}} | /route/min_severity",
					"{\"route\":{\"chanel\":\"x\"}} | /route/chanel",
					"{\"route\":{\"channel\":\"00000000-0000-0000-0000-000000000007\"}} | /route/channel" })
	void aWrongFieldIsNamed(String body, String pointer) {
		EntityExchangeResult<String> refused = send("/query/incidents/dry-run", body);
		assertThat(refused.getStatus().value()).isEqualTo(422);
		assertThat(json(refused).at("/errors/0/pointer").asString()).isEqualTo(pointer);
	}

	@Test
	void projectsDoNotSeeEachOther() {
		aDay();
		this.jdbc.sql("update incidents.incident set project_id = 77").update();
		assertThat(dryRun("{}").at("/today/counts/incidents").asInt()).isZero();
	}

	/** Four incidents, and a problem and an alert that nobody minds. */
	private void aDay() {
		group(trace("one", "payment", 0, Severity.HIGH, "declined"));
		group(trace("two", "payment", 20, Severity.HIGH, "declined"));
		group(trace("late", "payment", 220, Severity.HIGH, "declined again"));
		for (int i = 0; i < 3; i++) {
			problem(null, "import", 1000 + 60 * i, Severity.MEDIUM, "import failed");
		}
		group(new ProblemSubject(ProblemSubject.Kind.FINGERPRINT, service("import") + "/import failed"));
		group(firing("search", 3000, Severity.CRITICAL));
		group(firing("search", 3050, Severity.CRITICAL));
		trace("minor", "cache", 4000, Severity.LOW, "evicted");
		firing("disk", 5000, Severity.LOW);
	}

	private String service(String name) {
		return name + "-" + this.story;
	}

	private ProblemSubject trace(String id, String service, long second, Severity severity, String title) {
		TraceId trace = new TraceId(id + "-" + this.story);
		problem(trace, service, second, severity, title);
		return new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value());
	}

	private void problem(@Nullable TraceId trace, String service, long second, Severity severity, String title) {
		LogRecord log = new LogRecord(UUID.randomUUID(), trace, null, service(service), this.time.plusSeconds(second),
				"ERROR", title, Map.of(), Map.of(), Map.of());
		this.writer.write(PROJECT, List.of(new Submission(log, new Problem(log.signalId(), log.type(), trace,
				log.serviceName(), log.timestamp(), severity, log.serviceName() + "/" + title, title), true, 1)));
	}

	private ProblemSubject firing(String service, long second, Severity severity) {
		OffsetDateTime at = this.time.plusSeconds(second).atOffset(ZoneOffset.UTC);
		this.jdbc
			.sql("""
					insert into incidents.observation (project_id, source, fingerprint, name, service, operation, severity,
					                                   title, labels, annotations, starts_at, ends_at, received_at)
					values (:project, 'ALERT', :service, 'Slow', :service, '', :severity, 'it is slow', '{}', '{}', :at, :at,
					        :at)
					""")
			.param("project", PROJECT.value())
			.param("service", service(service))
			.param("severity", severity.name())
			.param("at", at)
			.update();
		return new ProblemSubject(ProblemSubject.Kind.OBSERVATION, service(service));
	}

	private void group(ProblemSubject subject) {
		this.jdbc.sql("update incidents.job set not_before = 'infinity' where kind <> 'GROUP'").update();
		this.queue.wantAnother(PROJECT, JobKind.GROUP, subject.toString());
		Claim claim = this.jobs.claim().orElseThrow();
		assertThat(claim.kind()).isEqualTo(JobKind.GROUP);
		this.jobs.run(claim);
	}

	private UUID channelThatHearsOfEverything() {
		UUID channel = UUID.randomUUID();
		this.jdbc.sql("""
				insert into incidents.notification_channel (id, project_id, name, kind, enabled, target, settings,
				                                            rate_messages, rate_seconds)
				values (:id, :project, 'chat', 'WEBHOOK', true, '', '', 10, 60)
				""").param("id", channel).param("project", PROJECT.value()).update();
		this.jdbc.sql("""
				insert into incidents.notification_route (id, project_id, channel_id, services, min_severity, strategy,
				                                          enabled)
				values (gen_random_uuid(), :project, :channel, '{}', 'LOW', 'NEW_ONLY', true)
				""").param("project", PROJECT.value()).param("channel", channel).update();
		return channel;
	}

	/** Every table with a digest of what is in it. */
	/**
	 * All tables but the one in which the worker says every half minute that it is there.
	 */
	private Map<String, String> everything() {
		Map<String, String> digests = new TreeMap<>();
		this.jdbc.sql("""
				select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
				where schemaname in ('incidents', 'signals') and tablename <> 'rollup_worker'
				""")
			.query(String.class)
			.list()
			.forEach((table) -> digests.put(table,
					this.jdbc
						.sql("select coalesce(md5(string_agg(t::text, ';' order by t::text)), '') from " + table + " t")
						.query(String.class)
						.single()));
		assertThat(digests).containsKeys("incidents.incident", "signals.problem");
		return digests;
	}

	private static List<String> described(JsonNode incidents) {
		return incidents.valueStream()
			.map((incident) -> Stream.of("title", "severity", "first_seen", "last_seen", "services", "members")
				.map((field) -> incident.path(field).toString())
				.toList()
				.toString())
			.toList();
	}

	private static List<String> texts(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
	}

	private JsonNode dryRun(String body) {
		EntityExchangeResult<String> answer = send("/query/incidents/dry-run", body);
		assertThat(answer.getStatus().value()).as(answer.getResponseBody()).isEqualTo(200);
		return json(answer);
	}

	private EntityExchangeResult<String> send(String path, String body) {
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	private static JsonNode json(EntityExchangeResult<String> answer) {
		return JsonMapper.shared().readTree(String.valueOf(answer.getResponseBody()));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Writing {

		// Announcing is left to each story.
		@Bean
		ProblemAnnouncer announcer() {
			return (_, _) -> List.of();
		}

	}

}
