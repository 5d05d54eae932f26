package dev.whence.analysis.scene;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.evidence.AlertHistory;
import dev.whence.analysis.evidence.Scene;
import dev.whence.analysis.incident.IncidentPeriods;
import dev.whence.analysis.incident.IncidentSnapshot;
import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Observations;
import dev.whence.analysis.observation.Source;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.TraceId;
import dev.whence.store.SignalReader;

import org.springframework.stereotype.Component;

/** Loads the scene of an incident. */
@Component
public class SceneLoader {

	/** Enough traces to see a pattern, few enough to read in a second. */
	private static final int MAX_TRACES = 50;

	private static final int MAX_FAILING = 20_000;

	private static final int MAX_PROBLEMS_PER_SUBJECT = 500;

	private static final int MAX_OBSERVATIONS = 5_000;

	private static final int MAX_FIRINGS = 20;

	/** A window with more spans and logs is looked at by a share of its traces. */
	private static final int MAX_WINDOW = 30_000;

	/** Incidents keep microseconds, problems nanoseconds. */
	private static final Duration CLOCK_PRECISION = Duration.of(1, ChronoUnit.MICROS);

	/** A shorter window shows too few executions. */
	private static final Duration SHORTEST = Duration.ofMinutes(1);

	/** What comes later mostly repeats what came first. */
	private static final Duration LONGEST_OF_SPANS = Duration.ofMinutes(10);

	private static final Duration LONGEST = Duration.ofHours(1);

	/** An alarm may be late: this long before it nothing counts as normal. */
	private static final Duration GUARD = Duration.ofMinutes(1);

	private final SignalReader signals;

	private final Observations observations;

	private final NormalHistory normal;

	private final ConductArchive conduct;

	private final MetricLoader metrics;

	private final TopologyLoader topology;

	private final ChangeLoader changes;

	private final InstantSource clock;

	SceneLoader(SignalReader signals, Observations observations, NormalHistory normal, ConductArchive conduct,
			MetricLoader metrics, TopologyLoader topology, ChangeLoader changes, InstantSource clock) {
		this.signals = signals;
		this.observations = observations;
		this.normal = normal;
		this.conduct = conduct;
		this.metrics = metrics;
		this.topology = topology;
		this.changes = changes;
		this.clock = clock;
	}

	/** What there is to see of the incident now. */
	public Scene load(IncidentSnapshot incident) {
		ProjectId project = incident.project();
		Period window = window(incident);
		Instant normalEnd = window.from().minus(GUARD);
		NormalHistory.Normal normal = this.normal.until(project, normalEnd, incident.id());
		List<Observation> seen = seenIn(project, window);
		List<Problem> problems = problems(incident);
		List<Signal> executed = this.signals
			.sampled(project, window.from(), earlier(window.to(), window.from().plus(LONGEST_OF_SPANS)),
					ConductArchive.SPANS_AND_LOGS, MAX_WINDOW)
			.signals();
		return new Scene(window.from(), window.to(), ConductWindow.of(executed, ConductArchive.STATEMENTS),
				before(project, window.from()), this.conduct.of(project, normal.pieces()),
				this.metrics.load(project, window, normal), this.topology.load(project, window), seen,
				history(project, normal.incidents(), window.from(), seen.size()), problems, failing(incident, problems),
				this.changes.load(project, window, executed));
	}

	/**
	 * From the first anomaly to the last. What a detection says is more exact than when
	 * errors were logged, and what an alert says more exact than both.
	 */
	private Period window(IncidentSnapshot incident) {
		List<Observation> own = incident.subjects()
			.stream()
			.filter((subject) -> subject.kind() == ProblemSubject.Kind.OBSERVATION)
			.flatMap((subject) -> this.observations.of(incident.project(), subject.value(), MAX_FIRINGS).stream())
			.filter((observation) -> !observation.startsAt().isBefore(incident.firstSeen().minus(CLOCK_PRECISION))
					&& !observation.startsAt().isAfter(incident.lastSeen().plus(CLOCK_PRECISION)))
			.toList();
		if (own.stream().anyMatch((observation) -> observation.source() == Source.ALERT)) {
			own = own.stream().filter((observation) -> observation.source() == Source.ALERT).toList();
		}
		Instant from = own.stream()
			.map(Observation::startsAt)
			.min(Comparator.naturalOrder())
			.orElse(incident.firstSeen());
		Instant to = own.stream()
			.map((observation) -> (observation.endsAt() != null) ? observation.endsAt() : this.clock.instant())
			.max(Comparator.naturalOrder())
			.orElse(incident.lastSeen());
		return new Period(from, earlier(later(to, from.plus(SHORTEST)), from.plus(LONGEST)));
	}

	private Conduct before(ProjectId project, Instant start) {
		return Conduct.of(this.signals
			.sampled(project, start.minus(GUARD), start, ConductArchive.SPANS_AND_LOGS, ConductArchive.MOST_SIGNALS)
			.signals(), ConductArchive.STATEMENTS);
	}

	/** What began to fire in the window. */
	private List<Observation> seenIn(ProjectId project, Period window) {
		return this.observations.between(project, window.from(), window.to(), MAX_OBSERVATIONS)
			.stream()
			.filter((observation) -> !observation.startsAt().isBefore(window.from().minus(GUARD)))
			.toList();
	}

	private AlertHistory history(ProjectId project, List<IncidentPeriods.Period> others, Instant before, int alerts) {
		if (alerts == 0) {
			return AlertHistory.none();
		}
		return AlertHistory.of(others.stream()
			.filter((other) -> other.alerted() && other.lastSeen().isBefore(before))
			.map((other) -> this.observations.between(project, other.firstSeen(), other.lastSeen(), MAX_OBSERVATIONS))
			.toList());
	}

	private List<Problem> problems(IncidentSnapshot incident) {
		return incident.subjects().stream().flatMap((subject) -> problems(incident, subject).stream()).toList();
	}

	// A fingerprint may have other bursts, which belong to other incidents.
	private List<Problem> problems(IncidentSnapshot incident, ProblemSubject subject) {
		return switch (subject.kind()) {
			case TRACE -> this.signals.problems(incident.project(), subject, MAX_PROBLEMS_PER_SUBJECT);
			case FINGERPRINT ->
				this.signals.problems(incident.project(), subject, incident.firstSeen().minus(CLOCK_PRECISION),
						incident.lastSeen().plus(CLOCK_PRECISION), MAX_PROBLEMS_PER_SUBJECT);
			case OBSERVATION -> List.of();
		};
	}

	/** The traces of the problems as a whole, and the signals of problems without one. */
	private List<Signal> failing(IncidentSnapshot incident, List<Problem> problems) {
		List<TraceId> traces = incident.subjects()
			.stream()
			.filter((subject) -> subject.kind() == ProblemSubject.Kind.TRACE)
			.limit(MAX_TRACES)
			.map((subject) -> new TraceId(subject.value()))
			.toList();
		List<Problem> loose = problems.stream().filter((problem) -> problem.traceId() == null).toList();
		Map<UUID, Signal> all = new LinkedHashMap<>();
		Stream
			.concat(this.signals.ofTraces(incident.project(), traces, MAX_FAILING).stream(),
					this.signals.byProblems(incident.project(), loose).stream())
			.forEach((signal) -> all.putIfAbsent(signal.signalId(), signal));
		return new ArrayList<>(all.values());
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

}
