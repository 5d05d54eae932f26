package dev.whence.store.compact;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.whence.model.LogRecord;
import dev.whence.model.Signal;
import dev.whence.model.SignalType;
import dev.whence.model.TraceId;
import dev.whence.model.search.QueryParser;
import dev.whence.store.Budget;
import dev.whence.store.Position;
import dev.whence.store.SearchPage;
import dev.whence.store.SearchQuestion;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalPartitions;
import dev.whence.store.SignalReader;
import dev.whence.store.SignalSearch;
import dev.whence.store.SignalStoreIT;
import dev.whence.store.segment.SegmentGroups;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A project with 72 segments: two groups of 32, and eight that are in none. */
@SpringBootTest(classes = SignalStoreIT.Application.class, properties = "whence.signal-store.migrate=true")
@WithPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SegmentGroupsIT {

	private static final int ROUNDS = 24;

	/** In more segments than a group tells apart. */
	private static final TraceId LONG = new TraceId("in-every-round");

	@Autowired
	BeanFactory beans;

	@Autowired
	SignalReader reader;

	@Autowired
	SignalSearch search;

	@Autowired
	SignalPartitions partitions;

	@Autowired
	JdbcClient jdbc;

	private ClosingBed bed;

	private final List<Signal> signals = new ArrayList<>();

	private final Map<TraceId, List<Signal>> byTrace = new LinkedHashMap<>();

	@BeforeAll
	void closeThreeHoursAgainAndAgain() {
		this.bed = new ClosingBed(this.beans);
		for (int round = 0; round < ROUNDS; round++) {
			this.bed.makeHours();
			List<Signal> some = new ArrayList<>(ClosingBed.signals(100 + round, 45));
			some.add(new LogRecord(new UUID(round, 1), LONG, null, "shop", ClosingBed.HOUR.plusSeconds(round), "INFO",
					"still at it, needle" + round, Map.of(), Map.of(), Map.of()));
			this.bed.write(some);
			this.bed.hourByHour().closeWhatIsOver();
			this.signals.addAll(some);
		}
		this.signals.sort(Comparator.comparing(Position::of));
		for (Signal signal : this.signals) {
			if (signal.traceId() != null) {
				this.byTrace.computeIfAbsent(signal.traceId(), (_) -> new ArrayList<>()).add(signal);
			}
		}
		assertIsGrouped();
	}

	private void assertIsGrouped() {
		assertThat(sizes()).containsExactly(32, 32);
		assertThat(segments("segment_id", "segment", UUID.class)).hasSize(3 * ROUNDS);
	}

	@AfterEach
	void makeGroupsThatATestSpoiledAnew() {
		this.bed.tamper("delete from signals.segment_group where project_id = :project");
		new SegmentGroups(this.jdbc).make(10);
		assertIsGrouped();
	}

	@AfterAll
	void close() throws InterruptedException {
		this.bed.close();
	}

	@Test
	void everyTraceIsFoundWholeWhereverItsSegmentsAre() {
		assertThat(find(LONG)).hasSize(ROUNDS);
		this.byTrace.forEach((trace, expected) -> assertThat(find(trace)).isEqualTo(expected));
	}

	@Test
	void whatCannotBeReadIsInNoGroupAndKeepsNothingElseOutOfOne() {
		List<UUID> broken = segments("segment_id", "segment", UUID.class).subList(0, 5);
		String them = " where segment_id in ("
				+ broken.stream().map((id) -> "'" + id + "'").collect(Collectors.joining(", ")) + ")";
		this.bed.tamper("delete from signals.segment_group where project_id = :project");
		this.bed.tamper("update signals.segment set data = 'x'::bytea || data" + them);
		try {
			assertThat(new SegmentGroups(this.jdbc).make(10)).isEqualTo(2);
			assertThat(segments("unnest(segments)", "segment_group", UUID.class)).hasSize(64)
				.doesNotContainAnyElementsOf(broken);
		}
		finally {
			this.bed.tamper("update signals.segment set data = substring(data from 2)" + them);
		}
	}

	@Test
	void asManyAreMadeAsMayBe() {
		this.bed.tamper("delete from signals.segment_group where project_id = :project");
		assertThat(new SegmentGroups(this.jdbc).make(1)).isEqualTo(1);
		assertThat(sizes()).containsExactly(32);
		assertThat(new SegmentGroups(this.jdbc).make(2)).isEqualTo(1);
	}

	@Test
	void aSegmentOfAFormerReleaseThatHasNoIndexOfItsTracesIsReadWithoutIt() {
		assertThat(segments("octet_length(trace_index)", "segment", Integer.class)).allMatch((length) -> length > 20);
		this.bed.tamper("""
				update signals.segment set trace_index = null where project_id = :project
				""");
		this.byTrace.entrySet()
			.stream()
			.limit(50)
			.forEach((trace) -> assertThat(find(trace.getKey())).isEqualTo(trace.getValue()));
	}

	@Test
	void moreSegmentsThanAreListedAtOnceAreReadFromBothEnds() {
		// Where a page ends is decided by the ids then.
		long last = ClosingBed.HOUR.plus(Duration.ofHours(3)).getEpochSecond() * 1_000_000_000L;
		this.bed.tamper("update signals.segment set last_time = " + last + " where project_id = :project");
		assertThat(this.bed.all()).isEqualTo(this.signals);
		List<Signal> newestFirst = new ArrayList<>(this.signals);
		Collections.reverse(newestFirst);
		assertThat(this.reader.search(this.bed.project(), SignalFilter.ALL, newestFirst.size(), 0))
			.isEqualTo(newestFirst);
	}

	@Test
	void whatAGroupDeniesIsNotLookedFor() {
		this.bed.tamper("""
				update signals.segment_group one set traces = other.traces from signals.segment_group other
				where one.project_id = :project and other.project_id = :project and one.group_id <> other.group_id
				""");
		long found = this.byTrace.entrySet()
			.stream()
			.filter((trace) -> find(trace.getKey()).equals(trace.getValue()))
			.count();
		assertThat(found).as("of %d traces", this.byTrace.size()).isBetween(1L, this.byTrace.size() / 2L);
	}

	@Test
	void groupsOfAnotherVersionAreNotAskedAndMadeAnew() {
		this.bed
			.tamper("""
					update signals.segment_group one set traces = other.traces, words = other.words, version = 99 from signals.segment_group other
					where one.project_id = :project and other.project_id = :project and one.group_id <> other.group_id
					""");
		this.byTrace.entrySet()
			.stream()
			.limit(50)
			.forEach((trace) -> assertThat(find(trace.getKey())).isEqualTo(trace.getValue()));
		assertThat(new SegmentGroups(this.jdbc).make(10)).isEqualTo(2);
	}

	@Test
	void everyWordIsFoundWhereverItsSegmentIs() {
		for (int round = 0; round < ROUNDS; round++) {
			assertThat(search("needle" + round)).hasSize(1);
		}
		assertThat(search("needle")).isEmpty();
		assertThat(search("still at")).hasSize(ROUNDS);
		assertThat(search("needle3 OR needle21")).hasSize(2);
		assertThat(search("still -needle3")).hasSize(ROUNDS - 1);
		this.signals.forEach((signal) -> {
			if (signal instanceof LogRecord log && log.attributes().get("user") instanceof String user) {
				assertThat(search("user:" + user)).contains(log);
			}
		});
	}

	@Test
	void whatAGroupDeniesOfWordsIsNotLookedFor() {
		this.bed.tamper("""
				update signals.segment_group one set words = other.words, word_buckets = other.word_buckets,
				    word_shape = other.word_shape from signals.segment_group other
				where one.project_id = :project and other.project_id = :project and one.group_id <> other.group_id
				""");
		// Those that are in no group, and some that are suspected wrongly.
		assertThat(IntStream.range(0, ROUNDS).filter((round) -> search("needle" + round).size() == 1).count())
			.isBetween(2L, ROUNDS / 2L);
	}

	@Test
	void aDamagedGroupHidesNothing() {
		this.bed.tamper("""
				update signals.segment_group set traces = decode(repeat('00', octet_length(traces)), 'hex'),
				    words = decode(repeat('00', octet_length(words)), 'hex')
				where project_id = :project
				""");
		everyWordIsFoundWhereverItsSegmentIs();
		this.byTrace.entrySet()
			.stream()
			.limit(50)
			.forEach((trace) -> assertThat(find(trace.getKey())).isEqualTo(trace.getValue()));
	}

	@Test
	void aGroupIsDeletedAfterItsSegments() {
		// For 30 days, and two until the last of its segments is dropped.
		Instant border = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(32));
		long kept = border.getEpochSecond() * 1_000_000_000L;
		long over = kept - 1;
		this.bed.tamper("update signals.segment_group set received = " + kept + " where project_id = :project");
		this.bed.tamper("update signals.segment_group set received = " + over
				+ " where group_id = (select min(group_id::text)::uuid from signals.segment_group where project_id = :project)");
		this.partitions.deleteExpired();
		assertThat(sizes()).containsExactly(32);
	}

	private List<Signal> search(String words) {
		SearchQuestion question = new SearchQuestion(EnumSet.of(SignalType.LOG), QueryParser.parse(words),
				ClosingBed.HOUR, ClosingBed.HOUR.plus(Duration.ofHours(3)), true);
		SearchPage page = this.search.page(this.bed.project(), question, 1_000, Budget.unlimited());
		assertThat(page.isComplete()).isTrue();
		return page.signals();
	}

	private List<Signal> find(TraceId trace) {
		return this.reader.ofTraces(this.bed.project(), List.of(trace), 1_000);
	}

	/** How many segments each group has. */
	private List<Integer> sizes() {
		return segments("cardinality(segments)", "segment_group", Integer.class);
	}

	private <T> List<T> segments(String what, String table, Class<T> type) {
		return this.jdbc
			.sql("select " + what + " from signals." + table + " where project_id = :project order by received")
			.param("project", this.bed.project().value())
			.query(type)
			.list();
	}

}
