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
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.whence.analysis.behaviour.Conduct;
import dev.whence.analysis.behaviour.ConductWindow;
import dev.whence.analysis.evidence.AlertHistory;
import dev.whence.analysis.evidence.MetricSeries;
import dev.whence.analysis.evidence.Scene;
import dev.whence.analysis.incident.IncidentArchive;
import dev.whence.analysis.incident.IncidentSnapshot;
import dev.whence.analysis.observation.Observation;
import dev.whence.analysis.observation.Observations;
import dev.whence.analysis.trace.TimeAround;
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

	/** Enough to see a pattern, few enough to read in a second. */
	private static final int MAX_SUBJECTS = 200;

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

	private final IncidentArchive incidents;

	private final Observations observations;

	private final NormalHistory normal;

	private final ConductArchive conduct;

	private final MetricLoader metrics;

	private final TopologyLoader topology;

	private final ChangeLoader changes;

	private final InstantSource clock;

	SceneLoader(SignalReader signals, IncidentArchive incidents, Observations observations, NormalHistory normal,
			ConductArchive conduct, MetricLoader metrics, TopologyLoader topology, ChangeLoader changes,
			InstantSource clock) {
		this.signals = signals;
		this.incidents = incidents;
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
		List<Period> flares = Flares.of(this.observations.ofIncident(project, incident.id(), MAX_OBSERVATIONS),
				this.clock.instant());
		Period window = window(incident, flares);
		List<Period> earlier = flares.subList(0, Math.max(0, flares.size() - 1));
		NormalHistory.Normal normal = this.normal.until(project, window.from().minus(GUARD), incident.id())
			.without(earlier);
		// What takes longest. More at once would take connections from other incidents.
		try (Beside beside = new Beside()) {
			Supplier<List<Conduct>> reference = beside.begin(() -> this.conduct.of(project, normal.pieces()));
			Supplier<List<MetricSeries>> metrics = beside.begin(() -> this.metrics.load(project, window, normal));
			List<Signal> executed = this.signals
				.sampled(project, window.from(), earlier(window.to(), window.from().plus(LONGEST_OF_SPANS)),
						ConductArchive.SPANS_AND_LOGS, MAX_WINDOW)
				.signals();
			ConductWindow conduct = ConductWindow.of(executed, ConductArchive.STATEMENTS);
			List<Observation> seen = seenIn(project, window);
			AlertHistory history = seen.isEmpty() ? AlertHistory.none()
					: history(project, this.normal.alertWindows(project, window.from(), incident.id(), earlier));
			List<ProblemSubject> subjects = this.incidents.subjects(incident.id(), window.from().minus(GUARD),
					window.to(), MAX_SUBJECTS);
			List<Problem> problems = problems(project, subjects, window);
			return new Scene(window.from(), window.to(), conduct, before(project, window.from()), reference.get(),
					metrics.get(), this.topology.load(project, window), seen, history, problems,
					failing(project, subjects, problems, window), this.changes.load(project, window, executed));
		}
	}

	/**
	 * From the first anomaly to the last. What a detection says is more exact than when
	 * errors were logged, and what an alert says more exact than both. An incident that
	 * smoulders for days is looked at where it flared up last.
	 */
	private static Period window(IncidentSnapshot incident, List<Period> flares) {
		Period last = flares.isEmpty() ? new Period(incident.firstSeen(), incident.lastSeen()) : flares.getLast();
		return new Period(last.from(),
				earlier(later(last.to(), last.from().plus(SHORTEST)), last.from().plus(LONGEST)));
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

	private AlertHistory history(ProjectId project, List<Period> windows) {
		return AlertHistory.of(windows.stream()
			.map((window) -> this.observations.begunBetween(project, window.from(), window.to(), MAX_OBSERVATIONS))
			.toList());
	}

	private List<Problem> problems(ProjectId project, List<ProblemSubject> subjects, Period window) {
		Instant from = window.from().minus(GUARD);
		Instant to = window.to().plus(CLOCK_PRECISION);
		return subjects.stream()
			.filter((subject) -> subject.kind() != ProblemSubject.Kind.OBSERVATION)
			.flatMap((subject) -> ((subject.kind() == ProblemSubject.Kind.TRACE)
					// Its clock may lie; that it belongs here was decided by when it
					// came.
					? this.signals.problems(project, subject, MAX_PROBLEMS_PER_SUBJECT)
					: this.signals.problems(project, subject, from, to, MAX_PROBLEMS_PER_SUBJECT))
				.stream())
			.toList();
	}

	/** The traces of the problems as a whole, and the signals of problems without one. */
	private List<Signal> failing(ProjectId project, List<ProblemSubject> subjects, List<Problem> problems,
			Period window) {
		List<TraceId> traces = subjects.stream()
			.filter((subject) -> subject.kind() == ProblemSubject.Kind.TRACE)
			.limit(MAX_TRACES)
			.map((subject) -> new TraceId(subject.value()))
			.toList();
		List<Problem> failed = problems.stream().filter((problem) -> problem.traceId() != null).toList();
		List<Problem> loose = problems.stream().filter((problem) -> problem.traceId() == null).toList();
		Map<UUID, Signal> all = new LinkedHashMap<>();
		Stream
			.concat(ofTraces(project, traces, failed, window).stream(),
					this.signals.byProblems(project, loose).stream())
			.forEach((signal) -> all.putIfAbsent(signal.signalId(), signal));
		return new ArrayList<>(all.values());
	}

	private List<Signal> ofTraces(ProjectId project, List<TraceId> traces, List<Problem> failed, Period window) {
		if (failed.isEmpty()) {
			return this.signals.ofTraces(project, traces, MAX_FAILING);
		}
		// The clock of whoever failed may lie, those of the others need not.
		TimeAround time = TimeAround.of(failed).and(window.from(), window.to());
		return this.signals.ofTraces(project, traces, time.from(), time.to(), MAX_FAILING);
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

}
