package dev.whence.store.compact;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.whence.model.Signal;
import dev.whence.model.TraceId;
import dev.whence.store.Position;
import dev.whence.store.SignalFilter;
import dev.whence.store.SignalPartitions;
import dev.whence.store.SignalReader;
import dev.whence.store.SignalStoreIT;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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

	@Autowired
	BeanFactory beans;

	@Autowired
	SignalReader reader;

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
			List<Signal> some = ClosingBed.signals(100 + round, 45);
			this.bed.write(some);
			this.bed.compactor().closeWhatIsOver();
			this.signals.addAll(some);
		}
		this.signals.sort(Comparator.comparing(Position::of));
		for (Signal signal : this.signals) {
			if (signal.traceId() != null) {
				this.byTrace.computeIfAbsent(signal.traceId(), (_) -> new ArrayList<>()).add(signal);
			}
		}
	}

	@BeforeEach
	void makeGroupsThatATestSpoiled() {
		this.bed.tamper("delete from signals.segment_group where project_id = :project");
		this.bed.compactor().closeWhatIsOver();
		assertThat(segments("cardinality(segments)", "segment_group")).containsExactly(32, 32);
		assertThat(segments("1", "segment")).hasSize(3 * ROUNDS);
	}

	@AfterAll
	void close() throws InterruptedException {
		this.bed.close();
	}

	@Test
	void everyTraceIsFoundWholeWhereverItsSegmentsAre() {
		assertThat(this.byTrace.values()).as("traces in many segments").anyMatch((trace) -> trace.size() > 4);
		this.byTrace.forEach((trace, expected) -> assertThat(find(trace)).isEqualTo(expected));
	}

	@Test
	void aTraceThatIsNowhereIsNotFound() {
		Random random = new Random(1);
		for (int i = 0; i < 100; i++) {
			assertThat(find(new TraceId("nowhere-" + random.nextLong()))).isEmpty();
		}
	}

	@Test
	void moreSegmentsThanAreListedAtOnceAreReadFromBothEnds() {
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
	void aDamagedGroupHidesNothing() {
		this.bed.tamper("""
				update signals.segment_group set traces = decode(repeat('00', octet_length(traces)), 'hex')
				where project_id = :project
				""");
		this.byTrace.entrySet()
			.stream()
			.limit(50)
			.forEach((trace) -> assertThat(find(trace.getKey())).isEqualTo(trace.getValue()));
	}

	@Test
	void aGroupEndsAfterItsSegments() {
		long kept = Instant.now().minus(Duration.ofDays(31)).getEpochSecond() * 1_000_000_000L;
		long over = Instant.now().minus(Duration.ofDays(33)).getEpochSecond() * 1_000_000_000L;
		this.bed.tamper("update signals.segment_group set received = " + kept + " where project_id = :project");
		this.bed.tamper("update signals.segment_group set received = " + over
				+ " where group_id = (select min(group_id::text)::uuid from signals.segment_group where project_id = :project)");
		this.partitions.deleteExpired();
		assertThat(segments("cardinality(segments)", "segment_group")).containsExactly(32);
	}

	private List<Signal> find(TraceId trace) {
		return this.reader.ofTraces(this.bed.project(), List.of(trace), 1_000);
	}

	private List<Integer> segments(String what, String table) {
		return this.jdbc.sql("select " + what + " from signals." + table + " where project_id = :project")
			.param("project", this.bed.project().value())
			.query(Integer.class)
			.list();
	}

}
