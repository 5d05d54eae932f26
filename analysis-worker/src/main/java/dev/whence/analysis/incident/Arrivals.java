package dev.whence.analysis.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.whence.analysis.problem.ProblemStates;
import dev.whence.analysis.trace.EntrySpans;
import dev.whence.analysis.trace.FailedTrace;
import dev.whence.analysis.trace.TimeAround;
import dev.whence.analysis.trace.TraceCalls;
import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.TraceId;
import dev.whence.store.SignalReader;

import org.springframework.stereotype.Component;

/** What the store says of a subject now. */
@Component
class Arrivals {

	private static final Comparator<Problem> BY_TIME = Comparator.comparing(Problem::timestamp)
		.thenComparing(Problem::signalId);

	/** More problems of one subject than this add nothing that a person could use. */
	private static final int MAX_PROBLEMS = 5_000;

	/** A trace with more signals is counted as having this many. */
	private static final int MAX_SIGNALS = 10_000;

	/** So long a failed span's parent is waited for. */
	static final Duration PARENTS_COME = Duration.ofSeconds(15);

	private final SignalReader signals;

	private final ProblemStates problems;

	private final IncidentProperties properties;

	private final InstantSource clock;

	Arrivals(SignalReader signals, ProblemStates problems, IncidentProperties properties, InstantSource clock) {
		this.signals = signals;
		this.problems = problems;
		this.properties = properties;
		this.clock = clock;
	}

	/** The trouble of a trace. */
	Arrival ofTrace(ProjectId project, ProblemSubject trace) {
		List<Problem> stored = this.signals.problems(project, trace, MAX_PROBLEMS);
		if (stored.isEmpty()) {
			return Arrival.NOTHING;
		}
		TraceId id = new TraceId(trace.value());
		List<Signal> all = around(project, id, stored);
		List<Problem> raised = EntrySpans.raise(stored, all);
		if (!raised.equals(stored)) {
			// A message may have waited so long that its sender is not around.
			all = this.signals.ofTraces(project, List.of(id), MAX_SIGNALS);
			raised = EntrySpans.raise(stored, all);
		}
		boolean parentsMayCome = !raised.equals(stored) && isFresh(project, raised, stored);
		List<Problem> problems = admitted(project, parentsMayCome ? stored : raised);
		if (problems.isEmpty()) {
			return new Arrival(List.of(), Map.of(), parentsMayCome);
		}
		Set<String> origins = FailedTrace.of(trace.value(), all, problems).origins();
		return new Arrival(List.of(stretch(trace, problems, placed(project, problems, all), origins, all.size())),
				TraceCalls.of(all), parentsMayCome);
	}

	private List<Signal> around(ProjectId project, TraceId trace, List<Problem> problems) {
		Instant now = this.clock.instant();
		boolean believed = problems.stream()
			.allMatch((problem) -> this.properties.clocks().isBelieved(problem.timestamp(), now));
		if (!believed) {
			return this.signals.ofTraces(project, List.of(trace), MAX_SIGNALS);
		}
		TimeAround time = TimeAround.of(problems);
		return this.signals.ofTraces(project, List.of(trace), time.from(), time.to(), MAX_SIGNALS);
	}

	// Parents end after their children, and come in another request.
	private boolean isFresh(ProjectId project, List<Problem> raised, List<Problem> stored) {
		List<Problem> orphans = raised.stream().filter((problem) -> !stored.contains(problem)).toList();
		Instant latest = this.clock.instant().minus(PARENTS_COME);
		return this.signals.storedAt(project, orphans).values().stream().anyMatch((at) -> at.isAfter(latest));
	}

	// A fingerprint goes on for ever: its oldest problems are in incidents that nobody
	// looks at any more.
	Arrival ofFingerprint(ProjectId project, ProblemSubject fingerprint) {
		List<Problem> problems = admitted(project, this.signals.latestProblems(project, fingerprint, MAX_PROBLEMS));
		Map<UUID, Instant> said = problems.stream()
			.collect(Collectors.toMap(Problem::signalId, Problem::timestamp, (one, _) -> one));
		return new Arrival(Bursts.split(placed(project, problems), this.properties.gap())
			.stream()
			.map((burst) -> stretch(fingerprint,
					burst.stream()
						.map((problem) -> at(problem, said.getOrDefault(problem.signalId(), problem.timestamp())))
						.toList(),
					burst, burst.stream().map(Problem::serviceName).collect(Collectors.toSet()), burst.size()))
			.toList(), Map.of(), false);
	}

	// What is grave enough, is taken note of, and is not ignored.
	private List<Problem> admitted(ProjectId project, List<Problem> problems) {
		List<Problem> grave = problems.stream().filter(this.properties.rules()::admits).toList();
		Set<String> ignored = this.problems.meet(project,
				MemberRow.of(placed(project, grave), Set.of()).stream().map(MemberRow::sighting).toList());
		return ignored.isEmpty() ? grave
				: grave.stream().filter((problem) -> !ignored.contains(problem.fingerprint())).toList();
	}

	// A trace happens at one time: whose clock lies in it is put to the others.
	private List<Problem> placed(ProjectId project, List<Problem> problems, List<Signal> trace) {
		Clocks clocks = this.properties.clocks();
		Instant now = this.clock.instant();
		return trace.stream()
			.map(Signal::timestamp)
			.filter((time) -> clocks.isBelieved(time, now))
			.min(Comparator.naturalOrder())
			.map((begin) -> problems.stream()
				.map((problem) -> clocks.isBelieved(problem.timestamp(), now) ? problem : at(problem, begin))
				.sorted(BY_TIME)
				.toList())
			.orElseGet(() -> placed(project, problems));
	}

	// What looks believable now did so when it was received; for the rest it is asked.
	private List<Problem> placed(ProjectId project, List<Problem> problems) {
		Clocks clocks = this.properties.clocks();
		Instant now = this.clock.instant();
		List<Problem> doubtful = problems.stream()
			.filter((problem) -> !clocks.isBelieved(problem.timestamp(), now))
			.toList();
		if (doubtful.isEmpty()) {
			return problems;
		}
		Map<UUID, Instant> stored = this.signals.storedAt(project, doubtful);
		return problems.stream()
			.map((problem) -> at(problem,
					clocks.place(problem.timestamp(), stored.getOrDefault(problem.signalId(), now))))
			.sorted(BY_TIME)
			.toList();
	}

	private static Stretch stretch(ProblemSubject subject, List<Problem> said, List<Problem> placed,
			Set<String> origins, long signals) {
		Instant start = placed.getFirst().timestamp();
		Instant end = placed.getLast().timestamp();
		Instant first = said.stream().map(Problem::timestamp).min(Comparator.naturalOrder()).orElse(start);
		Instant last = said.stream().map(Problem::timestamp).max(Comparator.naturalOrder()).orElse(end);
		return new Stretch(subject, MemberRow.of(placed, origins), signals, first.isBefore(start) ? first : start,
				last.isBefore(end) ? last : end);
	}

	private static Problem at(Problem problem, Instant time) {
		return problem.timestamp().equals(time) ? problem
				: new Problem(problem.signalId(), problem.type(), problem.traceId(), problem.serviceName(), time,
						problem.severity(), problem.fingerprint(), problem.title());
	}

	/**
	 * What is known of a subject.
	 *
	 * @param calls per calling service, the services it called
	 * @param unsettled whether the same may be more severe once
	 * {@link Arrivals#PARENTS_COME} has passed
	 */
	record Arrival(List<Stretch> stretches, Map<String, Set<String>> calls, boolean unsettled) {

		private static final Arrival NOTHING = new Arrival(List.of(), Map.of(), false);

	}

}
