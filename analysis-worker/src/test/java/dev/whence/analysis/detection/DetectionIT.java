package dev.whence.analysis.detection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.whence.analysis.job.JobKind;
import dev.whence.analysis.job.JobQueue;
import dev.whence.analysis.job.JobsByHand;
import dev.whence.model.MetricKind;
import dev.whence.model.MetricPoint;
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
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What opens an incident although no signal says error, and what does not although one is
 * beyond a limit: from stored signals over counted minutes, on a real PostgreSQL.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open", "whence.incident.settle=1h" })
@Import(JobsByHand.class)
@WithPostgres
class DetectionIT {

	private static final AtomicInteger PROJECTS = new AtomicInteger(7000);

	private static final int MINUTES = 100;

	private static final double[] USUAL = { 120, 90, 2400, 110, 95 };

	private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(3));

	@Autowired
	SignalWriter writer;

	@Autowired
	JobQueue queue;

	@Autowired
	JobsByHand jobs;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	MovableClock clock;

	ProjectId project = new ProjectId(PROJECTS.incrementAndGet());

	@BeforeEach
	void forgetOtherStories() {
		this.jobs.takeOver();
		this.jdbc.sql("update incidents.job set done_version = wanted_version").update();
		this.clock.ahead = Duration.ZERO;
	}

	@Test
	void aLatencySeriesThatJumpsAboveTheLimitAllDayLongOpensNothingAndItsRiseOneIncident() {
		int at = series(0, MINUTES, (minute) -> USUAL[minute % USUAL.length]);
		assertThat(incidents()).isEmpty();
		at = series(at, 4, (_) -> 950);
		assertThat(incidents()).as("four minutes on end").isEmpty();
		at = series(at, 8, (_) -> 950);
		assertThat(incidents()).singleElement().asString().contains("pay_latency_ms of bank: at least 950 ms");
		series(at, 30, (minute) -> USUAL[minute % USUAL.length]);
		assertThat(firingsThatGoOn()).isZero();
		assertThat(incidents()).hasSize(1);
	}

	@Test
	void whatRoseOnceAndNobodyCaredForIsUsual() {
		int at = series(0, MINUTES, (minute) -> USUAL[minute % USUAL.length]);
		at = series(at, 8, (_) -> 950);
		at = series(at, 30, (minute) -> USUAL[minute % USUAL.length]);
		series(at, 8, (_) -> 960);
		assertThat(incidents()).hasSize(1);
	}

	@Test
	void whatAPersonDealtWithIsFoundWhenItComesAgain() {
		int at = series(0, MINUTES, (minute) -> USUAL[minute % USUAL.length]);
		at = series(at, 8, (_) -> 950);
		at = series(at, 30, (minute) -> USUAL[minute % USUAL.length]);
		this.jdbc.sql("""
				insert into incidents.incident_event (incident_id, change, version, actor, credential)
				select id, 'acknowledged', 1, 'ada', 'console' from incidents.incident where project_id = ?
				""").param(this.project.value()).update();
		series(at, 8, (_) -> 960);
		assertThat(incidents()).hasSize(2);
	}

	@Test
	void aSlowPointWithinATraceOpensAnIncidentAtOnce() {
		TraceId trace = new TraceId("req-" + this.project.value());
		MetricPoint point = point(this.begin, trace, 2500);
		write(point, Severity.HIGH);
		want(new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value()));
		assertThat(incidents()).hasSize(1);
	}

	@Test
	void aFailedSpanWhoseParentNeverComesIsAnEntryAfterAWhile() {
		TraceId trace = new TraceId("t-" + this.project.value());
		write(span(trace, "b", "never"), Severity.MEDIUM);
		want(new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value()));
		assertThat(severities()).as("its parent may be on the way").containsExactly("MEDIUM");
		this.clock.ahead = Duration.ofMinutes(1);
		this.jdbc.sql("update incidents.job set not_before = now() where project_id = ? and kind = 'GROUP'")
			.param(this.project.value())
			.update();
		this.jobs.runAll();
		assertThat(severities()).containsExactly("HIGH");
	}

	@Test
	void aFailedSpanWhoseParentCameIsNoEntryHoweverLongOneWaits() {
		TraceId trace = new TraceId("t-" + this.project.value());
		write(span(trace, "b", "a"), Severity.MEDIUM);
		this.writer
			.write(this.project,
					List.of(new Submission(new Span(UUID.randomUUID(), trace, "a", null, "shop", "GET", SpanKind.SERVER,
							this.begin, Duration.ofMillis(100), "OK", null, Map.of(), Map.of(), Map.of()), null, true,
							1)));
		this.clock.ahead = Duration.ofMinutes(1);
		want(new ProblemSubject(ProblemSubject.Kind.TRACE, trace.value()));
		assertThat(severities()).containsExactly("MEDIUM");
	}

	/** Sends minutes of a series one by one, as they come. */
	private int series(int from, int minutes, Course course) {
		for (int minute = from; minute < from + minutes; minute++) {
			Instant start = this.begin.plus(Duration.ofMinutes(minute));
			List<Submission> points = new ArrayList<>();
			double value = course.at(minute);
			MetricPoint point = point(start.plusSeconds(5), null, value);
			points.add(new Submission(point, (value >= 2000) ? problem(point, Severity.HIGH) : null, true, 1));
			this.writer.write(this.project, points);
			if (value >= 2000) {
				this.queue.wantAnother(this.project, JobKind.GROUP,
						new ProblemSubject(ProblemSubject.Kind.FINGERPRINT, point.name()).toString());
			}
			this.queue.wantAnother(this.project, JobKind.ROLLUP, start.toString());
			this.jobs.runAll();
		}
		return from + minutes;
	}

	private void write(Signal signal, Severity severity) {
		this.writer.write(this.project, List.of(new Submission(signal, problem(signal, severity), true, 1)));
	}

	private void want(ProblemSubject subject) {
		this.queue.wantAnother(this.project, JobKind.GROUP, subject.toString());
		this.jobs.runAll();
	}

	private MetricPoint point(Instant at, @Nullable TraceId trace, double value) {
		return new MetricPoint(UUID.randomUUID(), trace, "bank", at, "pay_latency_ms", MetricKind.GAUGE, value, "",
				Map.of(), Map.of(), Map.of());
	}

	private Span span(TraceId trace, String id, String parent) {
		return new Span(UUID.randomUUID(), trace, id, parent, "bank", "pay", SpanKind.SERVER, this.begin,
				Duration.ofMillis(90), "ERROR", null, Map.of(), Map.of(), Map.of());
	}

	private static Problem problem(Signal signal, Severity severity) {
		String name = (signal instanceof MetricPoint point) ? point.name() : "pay failed";
		return new Problem(signal.signalId(), signal.type(), signal.traceId(), signal.serviceName(), signal.timestamp(),
				severity, name, name);
	}

	private List<String> incidents() {
		return this.jdbc.sql("select title from incidents.incident where project_id = ? order by first_seen")
			.param(this.project.value())
			.query(String.class)
			.list();
	}

	private List<String> severities() {
		return this.jdbc.sql("select severity from incidents.incident where project_id = ?")
			.param(this.project.value())
			.query(String.class)
			.list();
	}

	private int firingsThatGoOn() {
		return this.jdbc.sql("select count(*) from incidents.observation where project_id = ? and ends_at is null")
			.param(this.project.value())
			.query(Integer.class)
			.single();
	}

	@FunctionalInterface
	private interface Course {

		double at(int minute);

	}

	/** The time of day, or later. */
	static class MovableClock implements InstantSource {

		private volatile Duration ahead = Duration.ZERO;

		@Override
		public Instant instant() {
			return Instant.now().plus(this.ahead);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Writing {

		// Announcing is left to each story.
		@Bean
		ProblemAnnouncer announcer() {
			return (_, _) -> List.of();
		}

		@Bean
		@Primary
		MovableClock clock() {
			return new MovableClock();
		}

	}

}
