package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobsByHand;
import dev.whence.model.LogRecord;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Severity;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.testkit.postgres.WithPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which problems become which incidents, on a real PostgreSQL. Jobs are run by hand, so
 * that each story has its order; each has a project of its own.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open", "whence.incident.settle=0s",
				"whence.incident.believed-past=36500d" })
@Import(JobsByHand.class)
@WithPostgres
class GroupingIT {

	private static final AtomicInteger PROJECTS = new AtomicInteger(1000);

	private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

	@Autowired
	SignalWriter writer;

	@Autowired
	JobQueue queue;

	@Autowired
	JobsByHand jobs;

	@Autowired
	JdbcClient jdbc;

	ProjectId project = new ProjectId(PROJECTS.incrementAndGet());

	@BeforeEach
	void forgetOtherStories() {
		this.jobs.takeOver();
		this.jdbc.sql("update incidents.job set done_version = wanted_version").update();
	}

	@Test
	void anyOrderOfAnnouncingGivesTheSameIncident() {
		for (int seed = 0; seed < 8; seed++) {
			this.project = new ProjectId(PROJECTS.incrementAndGet());
			List<TraceId> announced = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				announced.add(failingCheckout("c" + i, i * 5, "payment"));
			}
			announced.addAll(announced.subList(0, 4));
			Collections.shuffle(announced, new Random(seed));
			announced.forEach(this::group);
			assertThat(incidents()).singleElement().satisfies((incident) -> {
				assertThat(incident.severity()).isEqualTo("HIGH");
				assertThat(incident.services()).containsExactly("gateway", "payment");
				assertThat(incident.signals()).isEqualTo(30);
				assertThat(incident.firstSeen()).isEqualTo(TIME);
				assertThat(incident.lastSeen()).isEqualTo(TIME.plusSeconds(45).plusMillis(90));
			});
		}
	}

	@Test
	void twoFaultsThatShareASymptomAreTwoIncidentsInAnyOrder() {
		for (int seed = 0; seed < 8; seed++) {
			this.project = new ProjectId(PROJECTS.incrementAndGet());
			List<TraceId> announced = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				announced.add(failingCheckout("p" + i, i * 2, "payment"));
				announced.add(failingCheckout("i" + i, i * 2 + 1, "inventory"));
			}
			Collections.shuffle(announced, new Random(seed));
			announced.forEach(this::group);
			assertThat(incidents()).extracting(Row::services)
				.containsExactlyInAnyOrder(List.of("gateway", "inventory"), List.of("gateway", "payment"));
			assertThat(incidents()).extracting(Row::signals).containsExactly(15L, 15L);
		}
	}

	@Test
	void theSameProblemAfterALongSilenceIsAnotherIncident() {
		group(failingCheckout("early", 0, "payment"));
		group(failingCheckout("late", 600, "payment"));
		assertThat(incidents()).hasSize(2);
	}

	@Test
	void groupingAgainChangesNothing() {
		TraceId trace = failingCheckout("again", 0, "payment");
		group(trace);
		List<Row> before = incidents();
		IntStream.range(0, 5).forEach((_) -> group(trace));
		assertThat(incidents()).isEqualTo(before);
		assertThat(before.getFirst().version()).isEqualTo(1);
	}

	@Test
	void signalsThatComeLateRaiseTheVersionAndTheSeverity() {
		TraceId trace = new TraceId("late-" + this.project.value());
		store(span(trace, "s1", null, "payment", 0), Severity.MEDIUM, "payment/warn", "Payment is slow");
		group(trace);
		assertThat(incidents()).singleElement().satisfies((incident) -> {
			assertThat(incident.severity()).isEqualTo("MEDIUM");
			assertThat(incident.version()).isEqualTo(1);
		});
		store(log(trace, "s1", "payment", 1, "Payment failed"), Severity.HIGH, "payment/log", "Payment failed");
		group(trace);
		assertThat(incidents()).singleElement().satisfies((incident) -> {
			assertThat(incident.severity()).isEqualTo("HIGH");
			assertThat(incident.version()).isEqualTo(2);
			assertThat(incident.signals()).isEqualTo(2);
		});
	}

	@Test
	void problemsBelowTheThresholdOpenNothing() {
		TraceId trace = new TraceId("low-" + this.project.value());
		store(span(trace, "s1", null, "payment", 0), Severity.LOW, "payment/low", "hello");
		group(trace);
		assertThat(incidents()).isEmpty();
	}

	@Test
	void aBurstWithoutTracesIsAnIncidentHoweverOftenTheProblemShowedBefore() {
		List<Submission> old = IntStream.range(0, 5_100)
			.mapToObj((i) -> submission(log(null, null, "batch", -1_000_000 + i / 100, "Import failed"), Severity.HIGH,
					"batch/import", "Import failed"))
			.toList();
		this.writer.write(this.project, old);
		groupLoose("batch/import");
		List<UUID> fresh = IntStream.range(0, 3)
			.mapToObj((i) -> store(log(null, null, "batch", i, "Import failed"), Severity.HIGH, "batch/import",
					"Import failed"))
			.toList();
		groupLoose("batch/import");
		assertThat(incidents()).hasSize(2);
		Row newest = incidents().getLast();
		assertThat(newest.firstSeen()).isEqualTo(TIME);
		assertThat(newest.signals()).isEqualTo(3);
		this.jobs.runAll();
		assertThat(evidence(newest.id())).isNotEmpty().isSubsetOf(fresh);
	}

	@Test
	void loggedProblemsWithoutATraceJoinTheIncidentOfTheirService() {
		group(failingCheckout("traced", 0, "payment"));
		store(log(null, null, "payment", 5, "pool exhausted"), Severity.HIGH, "payment/pool", "pool exhausted");
		groupLoose("payment/pool");
		assertThat(incidents()).singleElement().satisfies((incident) -> assertThat(incident.signals()).isEqualTo(4));
	}

	@Test
	void projectsDoNotShareIncidents() {
		group(failingCheckout("tenant", 0, "payment"));
		ProjectId first = this.project;
		this.project = new ProjectId(PROJECTS.incrementAndGet());
		group(failingCheckout("tenant", 0, "payment"));
		assertThat(incidents()).hasSize(1);
		this.project = first;
		assertThat(incidents()).hasSize(1);
	}

	@Test
	void theResultOfAnOvertakenAnalysisIsDropped() {
		group(failingCheckout("stale", 0, "payment"));
		Row incident = incidents().getFirst();
		Claim stalled = this.jobs.claim().orElseThrow();
		assertThat(stalled.kind()).isEqualTo(JobKind.ANALYSE);
		this.jdbc.sql("update incidents.job set lease_until = now() - interval '1 second' where id = ?")
			.param(stalled.jobId())
			.update();
		Claim heir = this.jobs.claim().orElseThrow();
		assertThat(heir.jobId()).isEqualTo(stalled.jobId());
		this.jobs.run(stalled);
		assertThat(analyses(incident.id())).isEmpty();
		this.jobs.run(heir);
		assertThat(analyses(incident.id())).containsExactly(heir.attempt());
		this.jobs.run(stalled);
		assertThat(analyses(incident.id())).containsExactly(heir.attempt());
	}

	@Test
	void groupingByAnOvertakenClaimChangesNothing() {
		TraceId trace = failingCheckout("overtaken", 0, "payment");
		this.queue.wantAnother(this.project, JobKind.GROUP, subject(trace).toString());
		Claim stalled = this.jobs.claim().orElseThrow();
		this.jdbc.sql("update incidents.job set lease_until = now() - interval '1 second' where id = ?")
			.param(stalled.jobId())
			.update();
		Claim heir = this.jobs.claim().orElseThrow();
		this.jobs.run(stalled);
		assertThat(incidents()).isEmpty();
		this.jobs.run(heir);
		assertThat(incidents()).hasSize(1);
	}

	private void group(TraceId trace) {
		group(subject(trace));
	}

	private void groupLoose(String fingerprint) {
		group(new ProblemSubject(ProblemSubject.Kind.FINGERPRINT, fingerprint));
	}

	// Analyses wait, so that each story sees them when it asks.
	private void group(ProblemSubject subject) {
		this.jdbc.sql("update incidents.job set not_before = 'infinity' where kind = 'ANALYSE'").update();
		this.queue.wantAnother(this.project, JobKind.GROUP, subject.toString());
		Claim claim = this.jobs.claim().orElseThrow();
		assertThat(claim.kind()).isEqualTo(JobKind.GROUP);
		this.jobs.run(claim);
		this.jdbc.sql("update incidents.job set not_before = now() where kind = 'ANALYSE'").update();
	}

	private static ProblemSubject subject(TraceId trace) {
		return new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value());
	}

	/** The gateway calls the service; it fails, and so the gateway fails. */
	private TraceId failingCheckout(String name, long second, String service) {
		TraceId trace = new TraceId(name + "-" + this.project.value());
		store(span(trace, "s1", null, "gateway", second), Severity.HIGH, "gateway/checkout", "POST /checkout failed");
		store(span(trace, "s2", "s1", service, second), Severity.MEDIUM, service + "/span", "call failed");
		Instant at = TIME.plusSeconds(second).plusMillis(90);
		store(new LogRecord(UUID.randomUUID(), trace, "s2", service, at, "ERROR", "declined", Map.of(), Map.of(),
				Map.of()), Severity.HIGH, service + "/log", "declined");
		return trace;
	}

	private static Span span(TraceId trace, String id, @Nullable String parent, String service, long second) {
		return new Span(UUID.randomUUID(), trace, id, parent, service, "POST /" + service, SpanKind.SERVER,
				TIME.plusSeconds(second), Duration.ofMillis(100), "ERROR", null, Map.of(), Map.of(), Map.of());
	}

	private static LogRecord log(@Nullable TraceId trace, @Nullable String spanId, String service, long second,
			String message) {
		return new LogRecord(UUID.randomUUID(), trace, spanId, service, TIME.plusSeconds(second), "ERROR", message,
				Map.of(), Map.of(), Map.of());
	}

	private UUID store(Signal signal, Severity severity, String fingerprint, String title) {
		this.writer.write(this.project, List.of(submission(signal, severity, fingerprint, title)));
		return signal.signalId();
	}

	private static Submission submission(Signal signal, Severity severity, String fingerprint, String title) {
		return new Submission(signal, new Problem(signal.signalId(), signal.type(), signal.traceId(),
				signal.serviceName(), signal.timestamp(), severity, fingerprint, title), true, 1);
	}

	private List<Row> incidents() {
		return this.jdbc.sql("""
				select id, severity, affected_services, error_count, first_seen, last_seen, version
				from incidents.incident_view where project_id = ? order by first_seen, id
				""")
			.param(this.project.value())
			.query((rs, _) -> new Row(rs.getObject(1, UUID.class), rs.getString(2),
					List.of((String[]) rs.getArray(3).getArray()), rs.getLong(4), rs.getTimestamp(5).toInstant(),
					rs.getTimestamp(6).toInstant(), rs.getLong(7)))
			.list();
	}

	private List<Long> analyses(UUID incident) {
		return this.jdbc.sql("select attempt from incidents.analysis where incident_id = ?")
			.param(incident)
			.query(Long.class)
			.list();
	}

	private List<UUID> evidence(UUID incident) {
		return this.jdbc.sql("select unnest(evidence_signals) from incidents.analysis_view where incident_id = ?")
			.param(incident)
			.query(UUID.class)
			.list();
	}

	private record Row(UUID id, String severity, List<String> services, long signals, Instant firstSeen,
			Instant lastSeen, long version) {
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
