package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import dev.whence.analysis.job.Claim;
import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobsByHand;
import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Observations;
import dev.whence.analysis.observation.Source;
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
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How incidents form, merge, split and stay, whatever arrives when, on a real PostgreSQL.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open", "whence.incident.settle=1h" })
@Import(JobsByHand.class)
@WithPostgres
class FormingIT {

	private static final AtomicInteger PROJECTS = new AtomicInteger(5000);

	/** Long enough ago that everything has happened, recent enough to be believed. */
	private final Instant time = Instant.now().minusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);

	@Autowired
	SignalWriter writer;

	@Autowired
	Observations observations;

	@Autowired
	JobQueue queue;

	@Autowired
	JobsByHand jobs;

	@Autowired
	IncidentLifecycle lifecycle;

	@Autowired
	IncidentReshaping reshaping;

	@Autowired
	IncidentRepository repository;

	@Autowired
	IncidentMembers members;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	JdbcClient jdbc;

	ProjectId project = new ProjectId(PROJECTS.incrementAndGet());

	@BeforeEach
	void forgetOtherStories() {
		this.jobs.takeOver();
		this.jdbc.sql("update incidents.job set done_version = wanted_version").update();
	}

	@Test
	void anyOrderOfArrivalGivesTheSameIncidents() {
		Set<Set<String>> expected = null;
		for (int seed = 0; seed < 6; seed++) {
			this.project = new ProjectId(PROJECTS.incrementAndGet());
			List<Runnable> arrivals = new ArrayList<>(aBadHour());
			Collections.shuffle(arrivals, new Random(seed));
			arrivals.forEach((arrival) -> {
				arrival.run();
				runGrouping();
			});
			Set<Set<String>> formed = activeIncidents();
			expected = (expected != null) ? expected : formed;
			assertThat(formed).as("order %d", seed).isEqualTo(expected);
		}
		assertThat(expected).hasSizeGreaterThan(2);
	}

	@Test
	void twoWorkersFormTheSameIncidentsAsOne() throws Exception {
		aBadHour().forEach(Runnable::run);
		runGrouping();
		Set<Set<String>> expected = activeIncidents();
		this.project = new ProjectId(PROJECTS.incrementAndGet());
		aBadHour().forEach(Runnable::run);
		Callable<Void> worker = () -> {
			runGrouping();
			return null;
		};
		try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
			for (Future<Void> done : workers.invokeAll(List.of(worker, worker))) {
				done.get();
			}
		}
		assertThat(activeIncidents()).isEqualTo(expected);
	}

	@Test
	void aLateProblemShowsThatTwoIncidentsAreOne() {
		log("payment", 0, "left");
		log("payment", 200, "right");
		runGrouping();
		assertThat(activeIncidents()).hasSize(2);
		log("payment", 100, "middle");
		runGrouping();
		assertThat(activeIncidents()).containsExactly(
				Set.of("FINGERPRINT:payment/left", "FINGERPRINT:payment/right", "FINGERPRINT:payment/middle"));
		Map<String, Object> merged = this.jdbc
			.sql("select * from incidents.incident where project_id = ? and status = 'MERGED'")
			.param(this.project.value())
			.query()
			.singleRow();
		UUID remaining = only();
		assertThat(merged.get("merged_into")).isEqualTo(remaining);
		assertThat(history((UUID) merged.get("id"))).containsExactly("opened", "merged");
		assertThat(history(remaining)).contains("opened", "absorbed");
	}

	@Test
	void everyMemberKnowsWhyItIsThere() {
		log("payment", 0, "first");
		log("payment", 10, "second");
		alert("Disk", "", 125);
		runGrouping();
		assertThat(this.jdbc.sql("""
				select subject, rule, reason, matched ->> 'service' as service
				from incidents.incident_subject_view where project_id = ? order by first_seen
				""").param(this.project.value()).query().listOfRows()).satisfiesExactly(
				(row) -> assertThat(row).containsEntry("rule", "first").containsEntry("reason", "opened the incident"),
				(row) -> assertThat(row).containsEntry("rule", "same-service").containsEntry("service", "payment"),
				(row) -> assertThat(row).containsEntry("rule", "time")
					.containsEntry("reason", "within 115 s of the rest"));
	}

	@Test
	void alertsWithoutDimensionsAreNeitherAllOneNorEachItsOwn() {
		for (int i = 0; i < 5; i++) {
			alert("early" + i, "", i * 20);
			alert("later" + i, "", 600 + i * 20);
		}
		runGrouping();
		assertThat(activeIncidents()).hasSize(2).allSatisfy((incident) -> assertThat(incident).hasSize(5));
	}

	@Test
	void wildClocksCountFromTheReceipt() {
		log("clock", Duration.between(this.time, Instant.EPOCH.plusSeconds(7)).toSeconds(), "past");
		log("clock", 365L * 24 * 3600, "future");
		runGrouping();
		assertThat(activeIncidents()).hasSize(1);
		assertThat(this.jdbc.sql("select first_seen, last_seen from incidents.incident where id = ?")
			.param(only())
			.query((rs, _) -> List.of(rs.getTimestamp(1).toInstant(), rs.getTimestamp(2).toInstant()))
			.single()).allSatisfy((at) -> assertThat(at).isBetween(this.time, Instant.now().plusSeconds(60)));
	}

	@Test
	void aWildClockWithinATraceIsPutToTheOthersAndDoesNotStretchTheIncident() {
		TraceId trace = new TraceId("t-" + this.project.value());
		this.writer.write(this.project,
				List.of(submission(span(trace, "a", null, "shop", 0), "shop/failed"),
						submission(span(trace, "b", "a", "bank", -600L * 86_400), "bank/failed"),
						submission(span(trace, "c", "a", "mail", 365L * 86_400), "mail/failed")));
		want(new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value()));
		runGrouping();
		assertThat(this.jdbc.sql("select last_seen - first_seen < interval '1 s' from incidents.incident where id = ?")
			.param(only())
			.query(Boolean.class)
			.single()).isTrue();
	}

	@Test
	void aLateRecordJoinsTheResolvedIncidentOfItsTimeAndDoesNotReopenIt() {
		log("ledger", 1200, "refused");
		runGrouping();
		UUID incident = only();
		resolve(incident);
		log("ledger", 600, "refused");
		runGrouping();
		assertThat(statuses()).containsExactly("RESOLVED");
		assertThat(activeIncidents()).isEmpty();
		log("ledger", Duration.between(this.time, Instant.now()).toSeconds() - 2 * 86_400, "refused");
		runGrouping();
		assertThat(statuses()).as("two days old").containsExactly("RESOLVED");
	}

	@Test
	void troubleAfterTheResolutionReopensSoonAndLinksLater() {
		log("ledger", 0, "refused");
		runGrouping();
		UUID incident = only();
		resolve(incident);
		setResolved(incident, this.time.plusSeconds(60));
		log("ledger", 1800, "refused");
		runGrouping();
		assertThat(statuses()).containsExactly("OPEN");
		assertThat(history(incident)).contains("reopened");
		resolve(incident);
		setResolved(incident, Instant.now().minus(Duration.ofHours(3)));
		this.jdbc.sql("update incidents.incident set first_seen = resolved_at, last_seen = resolved_at where id = ?")
			.param(incident)
			.update();
		this.jdbc.sql("update incidents.incident_member set first_seen = :at, last_seen = :at where incident_id = :id")
			.param("at", Instant.now().minus(Duration.ofHours(3)).atOffset(java.time.ZoneOffset.UTC))
			.param("id", incident)
			.update();
		log("ledger", 3500, "refused");
		runGrouping();
		assertThat(this.jdbc.sql("select recurrence_of from incidents.incident where project_id = ? and id <> ?")
			.param(this.project.value())
			.param(incident)
			.query(UUID.class)
			.list()).containsOnly(incident);
	}

	@Test
	void whatAPersonMergedOrSplitStaysSo() {
		log("payment", 0, "a");
		log("blog", 5, "b");
		runGrouping();
		List<UUID> two = ids();
		assertThat(two).hasSize(2);
		this.transactions.executeWithoutResult((_) -> {
			this.members.lock(this.project);
			this.reshaping.merge(find(two.get(0)), find(two.get(1)), new Author("ada", null), "same release");
		});
		log("blog", 10, "b");
		runGrouping();
		assertThat(activeIncidents()).containsExactly(Set.of("FINGERPRINT:payment/a", "FINGERPRINT:blog/b"));
		this.transactions.executeWithoutResult((_) -> {
			this.members.lock(this.project);
			this.reshaping.split(find(two.get(0)), Set.of(ProblemSubject.parse("FINGERPRINT:blog/b")),
					new Author("ada", null), null);
		});
		log("blog", 15, "b");
		log("payment", 16, "a");
		runGrouping();
		assertThat(activeIncidents()).containsExactlyInAnyOrder(Set.of("FINGERPRINT:payment/a"),
				Set.of("FINGERPRINT:blog/b"));
	}

	/** Faults of two shops that overlap, with alerts, in one hour. */
	private List<Runnable> aBadHour() {
		List<Runnable> arrivals = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			int n = i;
			arrivals.add(() -> checkout("c" + n, n * 30, "payment"));
			arrivals.add(() -> checkout("d" + n, n * 30 + 7, "inventory"));
			arrivals.add(() -> log("images", n * 60, "resize"));
			arrivals.add(() -> alert("Late" + n, "", 900 + n * 50));
		}
		arrivals.add(() -> log("payment", 95, "pool"));
		arrivals.add(() -> alert("Payment", "payment", 20));
		arrivals.add(() -> log("images", 250, "resize"));
		return arrivals;
	}

	private void checkout(String name, long second, String service) {
		TraceId trace = new TraceId(name + "-" + this.project.value());
		Span root = span(trace, "s1", null, "gateway", second);
		Span child = span(trace, "s2", "s1", service, second);
		this.writer.write(this.project,
				List.of(submission(root, "gateway/checkout"), submission(child, service + "/span")));
		want(new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value()));
	}

	private Span span(TraceId trace, String id, @Nullable String parent, String service, long second) {
		return new Span(UUID.randomUUID(), trace, id, parent, service, "POST", SpanKind.SERVER,
				this.time.plusSeconds(second), Duration.ofMillis(100), "ERROR", null, Map.of(), Map.of(), Map.of());
	}

	private void log(String service, long second, String message) {
		LogRecord log = new LogRecord(UUID.randomUUID(), null, null, service, this.time.plusSeconds(second), "ERROR",
				message, Map.of(), Map.of(), Map.of());
		this.writer.write(this.project, List.of(submission(log, service + "/" + message)));
		want(new ProblemSubject(ProblemSubject.Kind.FINGERPRINT, service + "/" + message));
	}

	private void alert(String name, String service, long second) {
		Instant start = this.time.plusSeconds(second);
		this.observations.put(new Observation(this.project, Source.ALERT, "alert-" + name, name, service, "",
				Severity.HIGH, name, Map.of("alertname", name), Map.of(), start, start.plusSeconds(10)));
		want(new ProblemSubject(ProblemSubject.Kind.OBSERVATION, "alert-" + name));
	}

	private static Submission submission(Signal signal, String fingerprint) {
		return new Submission(signal, new Problem(signal.signalId(), signal.type(), signal.traceId(),
				signal.serviceName(), signal.timestamp(), Severity.HIGH, fingerprint, fingerprint), true, 1);
	}

	private void want(ProblemSubject subject) {
		this.queue.wantAnother(this.project, JobKind.GROUP, subject.toString());
	}

	// Analyses wait for an hour.
	private void runGrouping() {
		for (Optional<Claim> claim = this.jobs.claim(); claim.isPresent(); claim = this.jobs.claim()) {
			assertThat(claim.get().kind()).isEqualTo(JobKind.GROUP);
			this.jobs.run(claim.get());
		}
	}

	private void resolve(UUID incident) {
		this.lifecycle.act(this.project, incident, new IncidentAction.Move(IncidentTransition.RESOLVE),
				new Author("ada", null), null, null);
	}

	private void setResolved(UUID incident, Instant at) {
		this.jdbc.sql("update incidents.incident set resolved_at = :at where id = :id")
			.param("at", at.atOffset(java.time.ZoneOffset.UTC))
			.param("id", incident)
			.update();
	}

	private Incident find(UUID id) {
		return this.repository.findById(id).orElseThrow();
	}

	private UUID only() {
		assertThat(ids()).hasSize(1);
		return ids().getFirst();
	}

	private List<UUID> ids() {
		return this.jdbc
			.sql("select id from incidents.incident where project_id = ? and status <> 'MERGED' order by detected_at")
			.param(this.project.value())
			.query(UUID.class)
			.list();
	}

	private List<String> statuses() {
		return this.jdbc.sql("select status from incidents.incident where project_id = ? order by detected_at")
			.param(this.project.value())
			.query(String.class)
			.list();
	}

	private List<String> history(UUID incident) {
		return this.jdbc.sql("select change from incidents.incident_event where incident_id = ? order by id")
			.param(incident)
			.query(String.class)
			.list();
	}

	private Set<Set<String>> activeIncidents() {
		return this.jdbc.sql("""
				select array_agg(s.subject) from incidents.incident i
				join incidents.incident_subject s on s.incident_id = i.id
				where i.project_id = ? and i.status in ('OPEN', 'INVESTIGATING') group by i.id
				""")
			.param(this.project.value())
			.query((rs, _) -> Set.of((String[]) rs.getArray(1).getArray()))
			.list()
			.stream()
			.map((subjects) -> subjects.stream()
				.map((subject) -> subject.replace("-" + this.project.value(), ""))
				.collect(Collectors.toSet()))
			.collect(Collectors.toSet());
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
