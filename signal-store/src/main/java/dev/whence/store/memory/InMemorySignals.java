package dev.whence.store.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.whence.model.Problem;
import dev.whence.model.ProblemSubject;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import dev.whence.store.Budget;
import dev.whence.store.Position;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.SampledSignals;
import dev.whence.store.SearchPage;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SearchedRange;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalReader;
import dev.whence.store.SignalSearch;
import dev.whence.store.SignalWriter;
import dev.whence.store.StoredSubject;
import dev.whence.store.Submission;
import dev.whence.store.WriteOutcome;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.store.search.Judge;
import dev.whence.store.search.Searched;
import dev.whence.store.search.SignalState;
import dev.whence.store.search.StoredSignal;

/**
 * The ports in memory. A call is stored as a whole and seen at once; nothing is on disk,
 * nothing ends, and every question looks at all signals of its project.
 */
public final class InMemorySignals implements SignalWriter, SignalReader, SignalSearch {

	/** Traces differ in size: a little less than the limit is aimed at. */
	private static final double SAMPLED = 0.9;

	private final ProblemAnnouncer announcer;

	private final Consumer<List<OutboxMessage>> outbox;

	private final InstantSource clock;

	private final Map<ProjectId, Telemetry> projects = new HashMap<>();

	/** A store that announces nothing. */
	public InMemorySignals() {
		this((_, _) -> List.of(), (_) -> {
		}, InstantSource.system());
	}

	/**
	 * @param outbox gets what is announced, call by call
	 * @param clock says when something was stored
	 */
	public InMemorySignals(ProblemAnnouncer announcer, Consumer<List<OutboxMessage>> outbox, InstantSource clock) {
		this.announcer = announcer;
		this.outbox = outbox;
		this.clock = clock;
	}

	@Override
	public synchronized List<WriteOutcome> write(ProjectId project, List<Submission> submissions) {
		Telemetry telemetry = of(project);
		Map<UUID, Held> held = new HashMap<>();
		List<WriteOutcome> outcomes = new ArrayList<>(submissions.size());
		List<Problem> found = new ArrayList<>();
		for (Submission submission : submissions) {
			UUID id = submission.signal().signalId();
			Held first = held.get(id);
			if (first == null) {
				first = telemetry.holds(submission);
				held.put(id, new Held(true, first.contentHash()));
			}
			if (!first.known()) {
				telemetry.add(submission, this.clock.instant()).ifPresent(found::add);
				outcomes.add(WriteOutcome.STORED);
			}
			else {
				outcomes.add((first.contentHash() == submission.contentHash()) ? WriteOutcome.DUPLICATE
						: WriteOutcome.CONFLICT);
			}
		}
		if (!found.isEmpty()) {
			this.outbox.accept(this.announcer.announce(project, found));
		}
		return outcomes;
	}

	@Override
	public synchronized List<Signal> search(ProjectId project, SignalFilter filter, int limit, long offset) {
		return newestFirst(project, (signal) -> matches(signal, filter)).skip(offset).limit(limit).toList();
	}

	@Override
	public synchronized List<Signal> searchBefore(ProjectId project, SignalFilter filter, Position position,
			int limit) {
		return newestFirst(project, (signal) -> matches(signal, filter) && Position.of(signal).compareTo(position) < 0)
			.limit(limit)
			.toList();
	}

	@Override
	public synchronized long count(ProjectId project, SignalFilter filter, long most) {
		return of(project).signals().filter((signal) -> matches(signal, filter)).limit(most).count();
	}

	@Override
	public synchronized SearchPage page(ProjectId project, SearchQuestion question, int limit, Budget budget) {
		List<Signal> found = ordered(project, question).limit(limit + 1L).toList();
		boolean more = found.size() > limit;
		List<Signal> page = found.subList(0, more ? limit : found.size());
		return new SearchPage(page, more ? Position.of(page.getLast()) : null, this.clock.instant(), null, List.of());
	}

	@Override
	public synchronized SearchedRange visit(ProjectId project, SearchQuestion question, Budget budget,
			Visitor visitor) {
		ordered(project, question).forEach(
				(signal) -> visitor.visit(signal.type(), signal.timestamp(), SignalState.of(new StoredSignal(signal))));
		return new SearchedRange(this.clock.instant(), null, List.of());
	}

	private Stream<Signal> ordered(ProjectId project, SearchQuestion question) {
		Predicate<Searched> judge = Judge.of(question.expression());
		Predicate<Signal> wanted = (signal) -> question.types().contains(signal.type())
				&& !signal.timestamp().isBefore(question.from()) && !signal.timestamp().isAfter(question.to())
				&& question.isBehind(Position.of(signal)) && judge.test(new StoredSignal(signal));
		return question.newestFirst() ? newestFirst(project, wanted) : oldestFirst(project, wanted);
	}

	@Override
	public synchronized List<Signal> ofTraces(ProjectId project, Collection<TraceId> traces, Instant from, Instant to,
			int limit) {
		Set<TraceId> wanted = Set.copyOf(traces);
		return oldestFirst(project, (signal) -> signal.traceId() != null && wanted.contains(signal.traceId()))
			.limit(limit)
			.toList();
	}

	@Override
	public synchronized List<Problem> problems(ProjectId project, ProblemSubject subject, Instant from, Instant to,
			int limit) {
		return problemsOf(project, subject)
			.filter((problem) -> !problem.timestamp().isBefore(from) && !problem.timestamp().isAfter(to))
			.limit(limit)
			.toList();
	}

	@Override
	public synchronized List<Problem> latestProblems(ProjectId project, ProblemSubject subject, int limit) {
		List<Problem> all = problemsOf(project, subject).toList();
		return all.subList(Math.max(0, all.size() - limit), all.size());
	}

	@Override
	public synchronized Map<UUID, Instant> storedAt(ProjectId project, Collection<Problem> problems) {
		Map<UUID, Instant> times = new HashMap<>();
		for (Problem problem : problems) {
			Noted noted = of(project).problems.get(new Position(problem.timestamp(), problem.signalId()));
			if (noted != null) {
				times.put(problem.signalId(), noted.storedAt());
			}
		}
		return times;
	}

	@Override
	public synchronized List<StoredSubject> subjectsStoredSince(Instant since, int limit) {
		List<StoredSubject> subjects = new ArrayList<>();
		this.projects.forEach((project, telemetry) -> telemetry.problems.values()
			.stream()
			.filter((noted) -> !noted.storedAt().isBefore(since))
			.collect(Collectors.toMap((noted) -> ProblemSubject.of(noted.problem()), Noted::storedAt,
					(one, other) -> one.isAfter(other) ? one : other))
			.forEach((subject, latest) -> subjects.add(new StoredSubject(project, subject, latest))));
		return subjects.stream().sorted(Comparator.comparing(StoredSubject::latest)).limit(limit).toList();
	}

	@Override
	public synchronized List<Signal> between(ProjectId project, Instant from, Instant to, Set<SignalType> types,
			int limit) {
		return oldestFirst(project, within(from, to, types)).limit(limit).toList();
	}

	@Override
	public synchronized List<Signal> betweenAfter(ProjectId project, Instant from, Instant to, Set<SignalType> types,
			Position position, int limit) {
		return oldestFirst(project,
				within(from, to, types).and((signal) -> Position.of(signal).compareTo(position) > 0))
			.limit(limit)
			.toList();
	}

	@Override
	public synchronized SampledSignals sampled(ProjectId project, Instant from, Instant to, Set<SignalType> types,
			int limit) {
		List<Signal> all = oldestFirst(project, within(from, to, types)).toList();
		if (all.size() <= limit) {
			return new SampledSignals(all, 1);
		}
		double share = SAMPLED * limit / all.size();
		return new SampledSignals(all.stream().filter((signal) -> isWithin(share, signal)).limit(limit).toList(),
				share);
	}

	@Override
	public double sampled(ProjectId project, Instant from, Instant to, Set<SignalType> types, int limit,
			Consumer<? super Signal> consumer) {
		SampledSignals sample = sampled(project, from, to, types, limit);
		sample.signals().forEach(consumer);
		return sample.share();
	}

	@Override
	public synchronized List<Signal> byProblems(ProjectId project, Collection<Problem> problems) {
		Telemetry telemetry = of(project);
		return problems.stream()
			.map((problem) -> telemetry.rows
				.get(new Row(problem.type(), new Position(problem.timestamp(), problem.signalId()))))
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing(Position::of))
			.toList();
	}

	private Telemetry of(ProjectId project) {
		return this.projects.computeIfAbsent(project, (_) -> new Telemetry());
	}

	private Stream<Signal> oldestFirst(ProjectId project, Predicate<Signal> wanted) {
		return of(project).signals().filter(wanted).sorted(Comparator.comparing(Position::of));
	}

	private Stream<Signal> newestFirst(ProjectId project, Predicate<Signal> wanted) {
		return of(project).signals().filter(wanted).sorted(Comparator.comparing(Position::of).reversed());
	}

	private Stream<Problem> problemsOf(ProjectId project, ProblemSubject subject) {
		return of(project).problems.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> entry.getValue().problem())
			.filter((problem) -> ProblemSubject.of(problem).equals(subject));
	}

	private static Predicate<Signal> within(Instant from, Instant to, Set<SignalType> types) {
		return (signal) -> types.contains(signal.type()) && !signal.timestamp().isBefore(from)
				&& signal.timestamp().isBefore(to);
	}

	private static boolean matches(Signal signal, SignalFilter filter) {
		return (filter.type() == null || filter.type() == signal.type())
				&& (filter.traceId() == null || filter.traceId().equals(signal.traceId()))
				&& (filter.serviceName() == null || filter.serviceName().equals(signal.serviceName()))
				&& (filter.from() == null || !signal.timestamp().isBefore(filter.from()))
				&& (filter.to() == null || !signal.timestamp().isAfter(filter.to()));
	}

	/** Depends on the trace alone, so that whole traces are chosen. */
	private static boolean isWithin(double share, Signal signal) {
		Object chosenBy = (signal.traceId() != null) ? signal.traceId() : signal.signalId();
		// Spreads what hash codes leave close together (Knuth, multiplicative hashing).
		return Integer.toUnsignedLong(chosenBy.hashCode() * 0x9E3779B1) < share * (1L << 32);
	}

	/** Whether an id is taken, and by which content. */
	private record Held(boolean known, long contentHash) {
	}

	private record Row(SignalType type, Position position) {
	}

	private record Noted(Problem problem, Instant storedAt) {
	}

	/** What one project has stored. */
	private static final class Telemetry {

		private final Map<Row, Signal> rows = new LinkedHashMap<>();

		/** The contents under ids that clients chose. */
		private final Map<UUID, Long> claims = new HashMap<>();

		private final Map<Position, Noted> problems = new HashMap<>();

		Stream<Signal> signals() {
			return this.rows.values().stream();
		}

		Held holds(Submission submission) {
			Long claimed = submission.idFromClient() ? this.claims.get(submission.signal().signalId()) : null;
			boolean known = claimed != null || this.rows.containsKey(row(submission.signal()));
			return new Held(known, (claimed != null) ? claimed : submission.contentHash());
		}

		/** Returns the problem that was not there yet. */
		Optional<Problem> add(Submission submission, Instant now) {
			Signal signal = submission.signal();
			this.rows.put(row(signal), signal);
			if (submission.idFromClient()) {
				this.claims.put(signal.signalId(), submission.contentHash());
			}
			return Optional.ofNullable(submission.problem())
				.filter((problem) -> this.problems.putIfAbsent(new Position(problem.timestamp(), problem.signalId()),
						new Noted(problem, now)) == null);
		}

		private static Row row(Signal signal) {
			return new Row(signal.type(), Position.of(signal));
		}

	}

}
