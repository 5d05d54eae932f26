package dev.whence.query.search;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

import dev.whence.model.LogRecord;
import dev.whence.model.ProblemCode;
import dev.whence.model.ProblemException;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.search.Expression;
import dev.whence.model.search.Field;
import dev.whence.query.page.Choice;
import dev.whence.query.page.Cursor;
import dev.whence.query.page.QueryParameter;
import dev.whence.query.signal.SignalView;
import dev.whence.store.Budget;
import dev.whence.store.Position;
import dev.whence.store.SearchPage;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SignalSearch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Search")
class SearchController {

	static final String LANGUAGE = "For instance service:cart level:>=error \"timed out\" attr.http.status_code:>=500 "
			+ "duration:>250ms -user.id:42 trace:4bf9*: fields with values, words and phrases, joined by OR and "
			+ "parentheses; everything when empty";

	static final String KIND = "logs, spans, metrics or all; logs when absent";

	static final String FROM = "ISO 8601, or seconds or milliseconds since 1970; 24 hours before the end when absent";

	static final String TO = "Inclusive; now when absent";

	private static final String COMPLETE = " Every answer says with watermark, complete and searched_to how fresh it is "
			+ "and whether anything is missing.";

	/** Signals that are examined for facets, patterns and comparisons. */
	private static final int EXAMINED = 5_000;

	private final SignalSearch search;

	private final CountedMinutes counted;

	private final SearchGate gate;

	private final InstantSource clock = InstantSource.system();

	SearchController(SignalSearch search, CountedMinutes counted, SearchGate gate) {
		this.search = search;
		this.counted = counted;
		this.gate = gate;
	}

	@GetMapping("/query/search")
	@Operation(summary = "Search logs, spans and metrics",
			description = "Where there is more, next_cursor says what to pass as cursor; a search that has spent its time says "
					+ "how far it came, and goes on there with the cursor." + COMPLETE)
	FoundSignals search(ProjectId project,
			@Parameter(description = KIND) @RequestParam(required = false) @Nullable String kind,
			@Parameter(description = LANGUAGE) @RequestParam(required = false) @Nullable String q,
			@Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
			@Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
			@Parameter(description = "newest or oldest first") @RequestParam(required = false) @Nullable String order,
			@RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
			@Parameter(description = "next_cursor of the page before") @RequestParam(
					required = false) @Nullable String cursor) {
		SearchRequest request = request(kind, q, from, to);
		boolean newestFirst = QueryParameter.oneOf(Order.class, "order", order) != Order.OLDEST;
		Position after = position(cursor);
		return FoundSignals.of(request, this.gate
			.pass((budget) -> this.search.page(project, request.question(newestFirst, after), limit, budget)));
	}

	@GetMapping("/query/search/histogram")
	@Operation(summary = "Count what a search finds, over time",
			description = "By level for logs, by ok and error for spans." + COMPLETE)
	Histogram histogram(ProjectId project,
			@Parameter(description = KIND) @RequestParam(required = false) @Nullable String kind,
			@Parameter(description = LANGUAGE) @RequestParam(required = false) @Nullable String q,
			@Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
			@Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
			@Parameter(description = "At most so many; their length is a round one") @RequestParam(
					defaultValue = "60") @Min(1) @Max(1500) int buckets) {
		SearchRequest request = request(kind, q, from, to);
		Histogram.Counter counter = new Histogram.Counter(request, buckets);
		Completeness completeness = this.gate.pass((budget) -> this.counted.count(project, request, counter)
			.map((counted) -> lookAtTheRest(project, request, counted, counter, budget))
			.orElseGet(() -> look(project, request, counter, budget)));
		return counter.histogram(completeness);
	}

	/**
	 * What is newer than what was counted, and after it the piece of a minute in front.
	 */
	private Completeness lookAtTheRest(ProjectId project, SearchRequest request, CountedMinutes.Counted counted,
			Histogram.Counter counter, Budget budget) {
		Completeness newer = look(project, request.within(counted.to(), request.to()), counter, budget);
		if (!request.from().isBefore(counted.from())) {
			return newer;
		}
		Completeness older = look(project, request.within(request.from(), counted.from().minusNanos(1)), counter,
				budget);
		return newer.complete() ? older : newer;
	}

	private Completeness look(ProjectId project, SearchRequest request, Histogram.Counter counter, Budget budget) {
		return Completeness.of(this.search.visit(project, request.question(true, null), budget,
				(_, time, state) -> counter.count(time, state, 1)));
	}

	@GetMapping("/query/search/facets")
	@Operation(summary = "Which values the newest 5,000 signals that match have",
			description = "Each value comes with a search that finds it." + COMPLETE)
	Facets facets(ProjectId project,
			@Parameter(description = KIND) @RequestParam(required = false) @Nullable String kind,
			@Parameter(description = LANGUAGE) @RequestParam(required = false) @Nullable String q,
			@Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
			@Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
			@Parameter(
					description = "Names of fields, separated by commas; the most frequent ones when absent") @RequestParam(
							required = false) @Nullable String fields) {
		SearchRequest request = request(kind, q, from, to);
		List<String> wanted = Choice.texts("fields", fields);
		SearchPage page = examined(project, request);
		return Facets.of(page.signals(), page.next() != null, new LinkedHashSet<>(wanted), Completeness.of(page));
	}

	@GetMapping("/query/search/patterns")
	@Operation(summary = "What the newest 5,000 log records that match say, each statement once",
			description = "Values of statements are masked; an example shows them." + COMPLETE)
	LogPatterns patterns(ProjectId project,
			@Parameter(description = LANGUAGE) @RequestParam(required = false) @Nullable String q,
			@Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
			@Parameter(description = TO) @RequestParam(required = false) @Nullable String to,
			@RequestParam(defaultValue = "50") @Min(1) @Max(1000) int limit) {
		SearchRequest request = request(SearchRequest.Kind.LOGS.name(), q, from, to);
		SearchPage page = examined(project, request);
		return LogPatterns.of(page.signals().stream().map(LogRecord.class::cast).toList(), page.next() != null, limit,
				Completeness.of(page));
	}

	@GetMapping("/query/search/comparison")
	@Operation(summary = "What sets the signals that match apart from others",
			description = "Compares the newest 5,000 of both by the values of their attributes. Without a baseline the others "
					+ "are those of the same kind that do not match." + COMPLETE)
	Comparison comparison(ProjectId project,
			@Parameter(description = KIND) @RequestParam(required = false) @Nullable String kind,
			@Parameter(description = LANGUAGE) @RequestParam String q,
			@Parameter(description = "A search for the others") @RequestParam(
					required = false) @Nullable String baseline,
			@Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
			@Parameter(description = TO) @RequestParam(required = false) @Nullable String to) {
		SearchRequest request = request(kind, q, from, to);
		Expression others = (baseline != null && !baseline.isBlank()) ? SearchRequest.expression("baseline", baseline)
				: new Expression.Not(request.expression());
		SearchPage selected = examined(project, request);
		SearchPage rest = examined(project, request.with(others));
		return Comparison.of(selected.signals(), rest.signals(),
				Completeness.of((selected.isComplete() || !rest.isComplete()) ? rest : selected));
	}

	@GetMapping("/query/search/around")
	@Operation(summary = "What a service logged around one of its records, the oldest first",
			description = "The record is named by its id and its time, as a search gives them.")
	Neighbours around(ProjectId project, @Parameter(description = "Of the log record") @RequestParam UUID id,
			@Parameter(description = "The record's timestamp") @RequestParam String time,
			@RequestParam(defaultValue = "20") @Min(0) @Max(500) int before,
			@RequestParam(defaultValue = "20") @Min(0) @Max(500) int after) {
		Instant when = QueryParameter.time("time", time);
		if (when == null) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER, "The parameter 'time' is the record's timestamp");
		}
		return this.gate.pass((budget) -> around(project, id, when, before, after, budget));
	}

	private Neighbours around(ProjectId project, UUID id, Instant when, int before, int after, Budget budget) {
		Signal record = this.search
			.page(project,
					new SearchQuestion(SearchRequest.Kind.LOGS.types(), new Expression.Everything(), when, when, true),
					1_000, budget)
			.signals()
			.stream()
			.filter((signal) -> signal.signalId().equals(id))
			.findFirst()
			.orElseThrow(
					() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no log record " + id + " at " + when));
		Expression service = new Expression.TextIs(Field.Own.SERVICE, record.serviceName(), false);
		Position position = Position.of(record);
		List<Signal> older = neighbours(project, new SearchQuestion(SearchRequest.Kind.LOGS.types(), service,
				when.minus(Duration.ofDays(1)), when, true, position), before, budget);
		List<Signal> lines = new ArrayList<>(older.reversed());
		lines.add(record);
		lines.addAll(neighbours(project, new SearchQuestion(SearchRequest.Kind.LOGS.types(), service, when,
				when.plus(Duration.ofDays(1)), false, position), after, budget));
		return new Neighbours(lines.stream().map(SignalView::from).toList(), older.size());
	}

	private List<Signal> neighbours(ProjectId project, SearchQuestion question, int limit, Budget budget) {
		return (limit == 0) ? List.of() : this.search.page(project, question, limit, budget).signals();
	}

	private SearchPage examined(ProjectId project, SearchRequest request) {
		return this.gate.pass((budget) -> this.search.page(project, request.question(true, null), EXAMINED, budget));
	}

	private SearchRequest request(@Nullable String kind, @Nullable String q, @Nullable String from,
			@Nullable String to) {
		return SearchRequest.of(kind, q, from, to, this.clock.instant());
	}

	private static @Nullable Position position(@Nullable String text) {
		Cursor cursor = Cursor.parse(text);
		if (cursor == null) {
			return null;
		}
		try {
			return new Position(cursor.time(), UUID.fromString(cursor.key()));
		}
		catch (IllegalArgumentException ex) {
			throw new ProblemException(ProblemCode.INVALID_PARAMETER,
					"The parameter 'cursor' is the next_cursor of a search");
		}
	}

	private enum Order {

		NEWEST, OLDEST

	}

}
