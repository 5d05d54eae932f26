package dev.whence.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.search.Expression;
import dev.whence.model.search.QueryParser;
import dev.whence.store.compact.Compactor;
import dev.whence.store.memory.InMemorySignals;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.search.SearchedTelemetry;
import dev.whence.testkit.postgres.WithPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** PostgreSQL finds what memory finds, in rows and in segments. */
@SpringBootTest(classes = SignalStoreIT.Application.class, properties = "whence.signal-store.migrate=true")
@WithPostgres
class SignalSearchIT {

	private static final AtomicInteger PROJECTS = new AtomicInteger(90_000);

	private static final Instant FROM = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));

	private static final Instant TO = FROM.plus(Duration.ofHours(2));

	private static final Set<SignalType> ALL = EnumSet.allOf(SignalType.class);

	/** Everything that is written here is over for whoever closes it. */
	private static final InstantSource CLOSING = () -> Instant.now().plus(Duration.ofDays(1));

	@Autowired
	SignalWriter writer;

	@Autowired
	SignalSearch search;

	@Autowired
	SignalPartitions partitions;

	@Autowired
	JdbcConnectionDetails connection;

	@Autowired
	JdbcClient jdbc;

	private final InMemorySignals memory = new InMemorySignals();

	private final SearchedTelemetry telemetry = new SearchedTelemetry(System.nanoTime(), FROM,
			Duration.between(FROM, TO));

	private ProjectId project = ProjectId.DEFAULT;

	@BeforeEach
	void useAProjectOfItsOwn() {
		this.project = new ProjectId(PROJECTS.incrementAndGet());
		this.partitions.makeAhead();
	}

	@Test
	void whatIsFoundInMemoryIsFoundInRowsAndInSegments() {
		write(this.telemetry.signals(1_000));
		assertSameAnswers(40);
		close();
		assertSameAnswers(40);
		write(this.telemetry.signals(500));
		assertSameAnswers(40);
	}

	@Test
	void pagesHoldEachSignalOnceInBothDirections() {
		write(this.telemetry.signals(400));
		close();
		write(this.telemetry.signals(200));
		for (boolean newestFirst : List.of(true, false)) {
			Expression everything = new Expression.Everything();
			List<Signal> all = this.memory
				.page(this.project, new SearchQuestion(ALL, everything, FROM, TO, newestFirst), 1_000,
						Budget.unlimited())
				.signals();
			assertThat(all).hasSize(600);
			assertSame(pages(everything, newestFirst, 37, Duration.ofMinutes(1)), all);
		}
	}

	@Test
	void whoGoesOnWhereTheBudgetEndedFindsEverything() {
		for (int i = 0; i < 4; i++) {
			write(this.telemetry.signals(300));
			close();
		}
		write(this.telemetry.signals(100));
		for (boolean newestFirst : List.of(true, false)) {
			Expression expression = QueryParser.parse("out OR level:>=error");
			List<Signal> all = this.memory
				.page(this.project, new SearchQuestion(ALL, expression, FROM, TO, newestFirst), 2_000,
						Budget.unlimited())
				.signals();
			assertSame(pages(expression, newestFirst, 50, Duration.ZERO), all);
		}
	}

	@Test
	void aSpentBudgetIsSaid() {
		write(this.telemetry.signals(2_000));
		SearchPage page = this.search.page(this.project,
				new SearchQuestion(ALL, QueryParser.parse("nowhere"), FROM, TO, true), 10,
				new Budget(Duration.ZERO, Long.MAX_VALUE));
		assertThat(page.isComplete()).isFalse();
		assertThat(page.searchedTo()).isBefore(TO).isAfter(FROM);
		assertThat(page.next()).isNotNull();
	}

	@Test
	void aDamagedSegmentIsToldAndTakesNoOthersWithIt() {
		write(this.telemetry.signals(300));
		close();
		damage("data = set_byte(data, octet_length(data) / 2, get_byte(data, octet_length(data) / 2) # 1)");
		List<Signal> late = this.telemetry.signals(100);
		write(late);
		close();
		SearchPage page = this.search.page(this.project,
				new SearchQuestion(ALL, new Expression.Everything(), FROM, TO, true), 1_000, Budget.unlimited());
		assertThat(page.isComplete()).isFalse();
		assertThat(page.hurt()).hasSize(1)
			.allSatisfy((hurt) -> assertThat(hurt.from()).isBefore(hurt.to()).isAfterOrEqualTo(FROM));
		assertThat(page.signals()).containsAll(late);
	}

	@ParameterizedTest
	@ValueSource(strings = { "octet_length(data) / 2", "20" })
	void whatCannotBeShownLeavesItsPlaceOnThePageToWhatCan(String inABlockOrInTheIdsInFront) {
		write(this.telemetry.signals(300));
		close();
		damage("data = set_byte(data, %1$s, get_byte(data, %1$s) # 1)".formatted(inABlockOrInTheIdsInFront));
		List<Signal> whole = this.telemetry.signals(300);
		write(whole);
		close();
		for (boolean newestFirst : List.of(true, false)) {
			assertThat(pages(new Expression.Everything(), newestFirst, 10, Duration.ofMinutes(1)))
				.as("newest first: %s", newestFirst)
				.containsAll(whole)
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void aTraceIsNotSaidToBeAllThereWhereNobodyCanTell() {
		List<Signal> signals = this.telemetry.signals(300);
		write(signals);
		close();
		String trace = signals.stream().map(Signal::traceId).filter(Objects::nonNull).findFirst().orElseThrow().value();
		SearchQuestion question = new SearchQuestion(ALL, QueryParser.parse("trace_id:" + trace), FROM, TO, true);
		SearchPage before = this.search.page(this.project, question, 1_000, Budget.unlimited());
		assertThat(before.isComplete()).isTrue();
		assertThat(before.signals()).isNotEmpty();
		damage("ids = decode(repeat('01', octet_length(ids)), 'hex')");
		SearchPage page = this.search.page(this.project, question, 1_000, Budget.unlimited());
		assertThat(page.isComplete()).isFalse();
		assertThat(page.hurt()).hasSize(1);
	}

	/** Changes the earliest segment as no statement of Whence could. */
	private void damage(String assignment) {
		this.jdbc.sql("alter table signals.segment disable trigger user").update();
		try {
			assertThat(this.jdbc
				.sql("update signals.segment set " + assignment
						+ " where segment_id = (select segment_id from signals.segment where project_id = :project"
						+ " order by time limit 1)")
				.param("project", this.project.value())
				.update()).isEqualTo(1);
		}
		finally {
			this.jdbc.sql("alter table signals.segment enable trigger user").update();
		}
	}

	private void assertSameAnswers(int searches) {
		int found = 0;
		for (int i = 0; i < searches; i++) {
			Expression expression = this.telemetry.expression(2);
			boolean newestFirst = i % 2 == 0;
			SearchQuestion question = new SearchQuestion(ALL, expression, FROM.plusSeconds(60), TO.minusSeconds(60),
					newestFirst);
			SearchPage expected = this.memory.page(this.project, question, 100, Budget.unlimited());
			SearchPage page = this.search.page(this.project, question, 100, Budget.unlimited());
			assertThat(without(page, expected)).as("too much for %s", expression).isEmpty();
			assertThat(without(expected, page)).as("missing for %s", expression).isEmpty();
			assertSame(page.signals(), expected.signals());
			assertThat(page.next()).isEqualTo(expected.next());
			assertThat(page.isComplete()).isTrue();
			assertThat(counted(this.search, question)).as("%s", expression).isEqualTo(counted(this.memory, question));
			found += page.signals().isEmpty() ? 0 : 1;
		}
		assertThat(found).as("searches that find something").isGreaterThan(searches / 4);
	}

	private static List<Signal> without(SearchPage page, SearchPage other) {
		return page.signals().stream().filter((signal) -> !other.signals().contains(signal)).limit(3).toList();
	}

	/** Thousands of signals make no message that anybody reads. */
	private static void assertSame(List<Signal> found, List<Signal> expected) {
		assertThat(found).extracting(SignalSearchIT::brief)
			.isEqualTo(expected.stream().map(SignalSearchIT::brief).toList());
		assertThat(IntStream.range(0, found.size()).filter((i) -> !found.get(i).equals(expected.get(i))).boxed())
			.isEmpty();
	}

	private static String brief(Signal signal) {
		return signal.type() + " " + signal.timestamp() + " " + signal.signalId();
	}

	private Map<String, Integer> counted(SignalSearch search, SearchQuestion question) {
		Map<String, Integer> counts = new TreeMap<>();
		search.visit(this.project, question, Budget.unlimited(), (type, time, state) -> counts
			.merge(type + " " + state + " " + time.truncatedTo(ChronoUnit.MINUTES), 1, Integer::sum));
		return counts;
	}

	/** All pages, each with a budget of its own. */
	private List<Signal> pages(Expression expression, boolean newestFirst, int limit, Duration budget) {
		List<Signal> found = new ArrayList<>();
		@Nullable Position after = null;
		for (int i = 0; i < 1_000; i++) {
			SearchPage page = this.search.page(this.project,
					new SearchQuestion(ALL, expression, FROM, TO, newestFirst, after), limit,
					new Budget(budget, Long.MAX_VALUE));
			found.addAll(page.signals());
			after = page.next();
			if (after == null) {
				return found;
			}
		}
		throw new AssertionError("no end after a thousand pages");
	}

	private void write(List<Signal> signals) {
		List<Submission> submissions = signals.stream()
			.map((signal) -> new Submission(signal, null, true, signal.hashCode()))
			.toList();
		this.writer.write(this.project, submissions);
		this.memory.write(this.project, submissions);
	}

	private void close() {
		new Compactor(new OwnerConnection(this.connection), CLOSING).closeWhatIsOver();
		assertThat(this.jdbc.sql("select count(*) from signals.span where project_id = ?")
			.param(this.project.value())
			.query(Long.class)
			.single()).isZero();
	}

}
