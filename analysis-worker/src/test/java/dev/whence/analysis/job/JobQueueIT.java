package dev.whence.analysis.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.whence.model.ProjectId;
import dev.whence.testkit.postgres.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The promises of the job queue, on a real PostgreSQL. */
class JobQueueIT {

	private static final ProjectId PROJECT = ProjectId.DEFAULT;

	private static final Duration LEASE = Duration.ofSeconds(60);

	private static DataSource dataSource;

	private final JdbcClient jdbc = JdbcClient.create(dataSource);

	private final JobQueue queue = queue(LEASE);

	@BeforeAll
	static void migrate() {
		dataSource = PostgresServer.shared().newDatabase().dataSource();
		Flyway.configure()
			.dataSource(dataSource)
			.schemas("incidents")
			.defaultSchema("incidents")
			.locations("classpath:db/incidents")
			.load()
			.migrate();
	}

	@BeforeEach
	void forgetAllJobs() {
		this.jdbc.sql("delete from incidents.job").update();
	}

	@Test
	void oneOfManyClaimersGetsTheJob() throws Exception {
		for (int round = 0; round < 10; round++) {
			this.queue.wantAnother(PROJECT, JobKind.GROUP, "contended-" + round);
			CyclicBarrier start = new CyclicBarrier(16);
			assertThat(atOnce(16, () -> {
				start.await();
				return this.queue.claim("worker");
			})).filteredOn(Optional::isPresent).hasSize(1);
		}
	}

	@Test
	void manyClaimersShareTheWorkAndNoJobIsClaimedTwice() throws Exception {
		IntStream.range(0, 60).forEach((i) -> this.queue.wantAnother(PROJECT, JobKind.GROUP, "job-" + i));
		List<List<Claim>> claims = atOnce(8, () -> {
			List<Claim> mine = new ArrayList<>();
			for (Optional<Claim> claim = this.queue.claim("w"); claim.isPresent(); claim = this.queue.claim("w")) {
				mine.add(claim.get());
			}
			return mine;
		});
		assertThat(claims.stream().flatMap(List::stream).map(Claim::subject)).hasSize(60).doesNotHaveDuplicates();
	}

	@Test
	void manyWantersOfOneSubjectMakeOneJob() throws Exception {
		atOnce(20, () -> {
			this.queue.wantAnother(PROJECT, JobKind.GROUP, "wanted");
			return true;
		});
		Claim claim = claim();
		assertThat(claim.wantedVersion()).isEqualTo(20);
		assertThat(this.queue.claim("another")).isEmpty();
		assertThat(this.queue.finish(claim, claim.wantedVersion())).isTrue();
		assertThat(this.queue.claim("another")).isEmpty();
	}

	@Test
	void aRunnerThatStopsGivesBackWhatItIsDoing() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		JobRunner runner = new JobRunner(this.queue,
				new JobProperties(1, 0, LEASE, Duration.ofMillis(20), Duration.ofSeconds(30)),
				List.of(new JobHandler() {
					@Override
					public JobKind kind() {
						return JobKind.GROUP;
					}

					@Override
					public void run(Claim claim) {
						begun.countDown();
						JobQueueIT.this.jdbc.sql("select pg_sleep(60)").query().singleRow();
					}
				}), new SimpleMeterRegistry());
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "interrupted");
		runner.start();
		begun.await();
		assertThat(this.queue.claim("another")).isEmpty();
		runner.stop();
		Claim taken = this.queue.claim("another").orElseThrow();
		assertThat(taken.subject()).isEqualTo("interrupted");
		assertThat(this.jdbc.sql("select failures from incidents.job where id = ?")
			.param(taken.jobId())
			.query(Integer.class)
			.single()).as("stopping is no failure").isZero();
	}

	@Test
	void anExpiredLeaseIsTakenOverAndTheOldAttemptCanDoNothingMore() {
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "expired");
		Claim old = queue(Duration.ofMillis(200)).claim("dying").orElseThrow();
		Claim taken = Awaitility.await().until(() -> this.queue.claim("heir"), Optional::isPresent).orElseThrow();
		assertThat(taken.jobId()).isEqualTo(old.jobId());
		assertThat(taken.attempt()).isGreaterThan(old.attempt());
		assertThat(this.queue.finish(old, old.wantedVersion())).isFalse();
		assertThat(this.queue.renew(old)).isFalse();
		this.queue.putBack(old, Duration.ZERO);
		this.queue.fail(old, "too late");
		assertThat(this.queue.claim("third")).as("the heir still holds it").isEmpty();
		assertThat(this.queue.finish(taken, taken.wantedVersion())).isTrue();
		assertThat(this.queue.claim("third")).isEmpty();
	}

	@Test
	void aRenewedLeaseIsKept() {
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "renewed");
		JobQueue brief = queue(Duration.ofMillis(50));
		Claim claim = brief.claim("worker").orElseThrow();
		assertThat(this.queue.renew(claim)).isTrue();
		assertThat(seconds("lease_until")).isCloseTo(60, within(10.0));
	}

	@Test
	void whatIsWantedDuringTheWorkIsNotLost() {
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "busy");
		Claim first = claim();
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "busy");
		assertThat(this.queue.claim("another")).as("one at a time").isEmpty();
		this.queue.finish(first, first.wantedVersion());
		Claim second = claim();
		assertThat(second.wantedVersion()).isEqualTo(first.wantedVersion() + 1);
		this.queue.finish(second, second.wantedVersion());
		assertThat(this.queue.claim("another")).isEmpty();
	}

	@Test
	void finishingKeepsOthersAwayUntilItCommits() {
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "finishing");
		Claim claim = claim();
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "finishing");
		transaction().executeWithoutResult((_) -> {
			assertThat(this.queue.finish(claim, claim.wantedVersion())).isTrue();
			assertThat(Executors.newVirtualThreadPerTaskExecutor().submit(() -> this.queue.claim("eager")))
				.succeedsWithin(Duration.ofSeconds(10))
				.isEqualTo(Optional.empty());
		});
		assertThat(this.queue.claim("eager")).isPresent();
	}

	@Test
	void aFinishThatIsRolledBackLeavesTheClaimAsItWas() {
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "rolled-back");
		Claim claim = claim();
		transaction().executeWithoutResult((status) -> {
			this.queue.finish(claim, claim.wantedVersion());
			status.setRollbackOnly();
		});
		assertThat(this.queue.claim("another")).isEmpty();
		assertThat(this.queue.backlog(JobKind.GROUP)).isEqualTo(1);
		assertThat(this.queue.finish(claim, claim.wantedVersion())).isTrue();
	}

	@Test
	void theOldestDueWorkTellsItsAge() {
		assertThat(this.queue.oldest(JobKind.GROUP)).isZero();
		this.queue.want(PROJECT, JobKind.GROUP, "not-yet", 1, Duration.ofMinutes(5));
		assertThat(this.queue.oldest(JobKind.GROUP)).as("it is not due").isZero();
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "due");
		this.jdbc.sql("update incidents.job set not_before = now() - interval '90 s' where subject = 'due'").update();
		assertThat(this.queue.oldest(JobKind.GROUP)).isCloseTo(Duration.ofSeconds(90), Duration.ofSeconds(5));
		assertThat(this.queue.oldest(JobKind.ANALYSE)).as("of its own kind").isZero();
		Claim claim = claim();
		this.queue.finish(claim, claim.wantedVersion());
		assertThat(this.queue.oldest(JobKind.GROUP)).isZero();
	}

	@Test
	void workThatIsPutBackIsClaimedAgainAfterThePause() {
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "put-back");
		this.queue.putBack(claim(), Duration.ofMinutes(10));
		assertThat(this.queue.claim("another")).isEmpty();
		assertThat(seconds("not_before")).isCloseTo(600, within(10.0));
		pauseIsOver();
		Claim again = claim();
		this.queue.putBack(again, Duration.ZERO);
		assertThat(claim().attempt()).isEqualTo(again.attempt() + 1);
	}

	@Test
	void eachFailureDoublesThePauseUpToFiveMinutes() {
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "failing");
		for (double pause : new double[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300 }) {
			this.queue.fail(claim(), "x".repeat(5000));
			assertThat(seconds("not_before")).isCloseTo(pause, within(1.0));
			assertThat(this.queue.claim("hasty")).isEmpty();
			pauseIsOver();
		}
		assertThat(this.jdbc.sql("select length(last_error) from incidents.job").query(Integer.class).single())
			.isEqualTo(1000);
		Claim claim = claim();
		this.queue.finish(claim, claim.wantedVersion());
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "failing");
		this.queue.fail(claim(), "once more");
		assertThat(seconds("not_before")).as("success forgets the failures").isCloseTo(1, within(1.0));
	}

	@Test
	void wantingAgainDoesNotPutTheWorkOffForEver() {
		this.queue.want(PROJECT, JobKind.ANALYSE, "settling", 1, Duration.ofSeconds(2));
		for (int version = 2; version < 50; version++) {
			this.queue.want(PROJECT, JobKind.ANALYSE, "settling", version, Duration.ofHours(1));
		}
		assertThat(seconds("not_before")).isLessThan(3);
		pauseIsOver();
		Claim claim = claim();
		assertThat(claim.wantedVersion()).isEqualTo(49);
		this.queue.finish(claim, 49);
		this.queue.want(PROJECT, JobKind.ANALYSE, "settling", 50, Duration.ofHours(1));
		assertThat(seconds("not_before")).as("a new pause after the work was done").isCloseTo(3600, within(10.0));
	}

	@Test
	void aVersionThatIsDoneAlreadyIsNoWork() {
		this.queue.want(PROJECT, JobKind.ANALYSE, "done", 1, Duration.ZERO);
		this.queue.finish(claim(), 5);
		this.queue.want(PROJECT, JobKind.ANALYSE, "done", 4, Duration.ZERO);
		assertThat(this.queue.claim("another")).isEmpty();
		this.queue.want(PROJECT, JobKind.ANALYSE, "done", 6, Duration.ZERO);
		assertThat(claim().wantedVersion()).isEqualTo(6);
	}

	@Test
	void theJobThatIsDueForLongestComesFirst() {
		this.queue.want(PROJECT, JobKind.ANALYSE, "later", 1, Duration.ofHours(1));
		this.queue.want(PROJECT, JobKind.ANALYSE, "now", 1, Duration.ZERO);
		this.queue.want(PROJECT, JobKind.ANALYSE, "overdue", 1, Duration.ofMinutes(-5));
		assertThat(claim().subject()).isEqualTo("overdue");
		assertThat(claim().subject()).isEqualTo("now");
		assertThat(this.queue.claim("another")).isEmpty();
	}

	@Test
	void projectsAndKindsDoNotShareJobs() {
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "shared");
		this.queue.wantAnother(new ProjectId(2), JobKind.GROUP, "shared");
		this.queue.wantAnother(PROJECT, JobKind.ANALYSE, "shared");
		assertThat(List.of(claim(), claim(), claim())).extracting(Claim::jobId).doesNotHaveDuplicates();
	}

	@Test
	void theSweeperWantsWhatNobodyLookedAtSince() {
		Instant stored = Instant.now().minusSeconds(60);
		assertThat(sweep(stored)).as("never heard of").isEqualTo(1);
		assertThat(sweep(stored)).as("wanted already").isZero();
		Claim claim = claim();
		this.queue.finish(claim, claim.wantedVersion());
		assertThat(sweep(stored)).as("looked at after it was stored").isZero();
		assertThat(sweep(Instant.now().plusSeconds(60))).as("stored after the look").isEqualTo(1);
	}

	@Test
	void aSubjectIsWorkedOnOnceNothingWasHeardOfItForAWhile() {
		hear("minute", Duration.ofHours(1), Duration.ofSeconds(20));
		assertThat(seconds("not_before")).isCloseTo(20, within(2.0));
		hear("minute", Duration.ofHours(1), Duration.ofSeconds(40));
		assertThat(seconds("not_before")).as("put off by what was heard").isCloseTo(40, within(2.0));
		assertThat(this.queue.claim("worker")).isEmpty();
		itIsQuietNow();
		Claim claim = claim();
		assertThat(claim.wantedVersion()).isEqualTo(2);
		assertThat(this.queue.finish(claim, claim.wantedVersion())).isTrue();
		assertThat(this.queue.backlog(JobKind.ROLLUP)).isZero();
	}

	@Test
	void aSubjectThatIsNeverQuietIsWorkedOnNowAndThenAndOnceMoreAtItsEnd() {
		for (int i = 0; i < 5; i++) {
			hear("endless", Duration.ofSeconds(30), Duration.ofMinutes(2));
		}
		assertThat(seconds("not_before")).isCloseTo(120, within(2.0));
		hear("endless", Duration.ofSeconds(30), Duration.ofHours(1));
		assertThat(seconds("not_before")).as("put off by the patience and no longer").isCloseTo(150, within(2.0));
		pauseIsOver();
		Claim early = claim();
		this.queue.finish(early, early.wantedVersion());
		assertThat(this.queue.backlog(JobKind.ROLLUP)).as("what was heard may not have been seen").isEqualTo(1);
		assertThat(this.queue.claim("eager")).isEmpty();
		itIsQuietNow();
		Claim last = claim();
		this.queue.finish(last, last.wantedVersion());
		assertThat(this.queue.backlog(JobKind.ROLLUP)).isZero();
	}

	@Test
	void whatIsHeardDuringTheWorkIsWorkedOnAgain() {
		hear("heard", Duration.ZERO, Duration.ZERO);
		itIsQuietNow();
		Claim claim = claim();
		hear("heard", Duration.ZERO, Duration.ofSeconds(20));
		this.queue.finish(claim, claim.wantedVersion());
		assertThat(this.queue.backlog(JobKind.ROLLUP)).isEqualTo(1);
		assertThat(seconds("not_before")).isCloseTo(20, within(2.0));
	}

	@Test
	void aReplayedWeekHoldsUpNeitherIncidentsNorTheMinuteThatJustEnded() {
		List<QuietSubject> week = IntStream.range(0, 10_080)
			.mapToObj((i) -> new QuietSubject("old-" + i, Instant.EPOCH, Duration.ZERO, false))
			.toList();
		this.queue.wantWhenQuiet(PROJECT, JobKind.ROLLUP, week, Duration.ofSeconds(-60));
		hear("now", Duration.ZERO, Duration.ofSeconds(-1));
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "incident");
		assertThat(this.queue.claim("foreground", false)).map(Claim::subject).hasValue("incident");
		assertThat(this.queue.claim("foreground", false)).isEmpty();
		assertThat(this.queue.claim("background", true)).map(Claim::subject).hasValue("now");
		assertThat(this.queue.claim("background", true)).map(Claim::subject).get().asString().startsWith("old-");
		assertThat(this.queue.backlog(JobKind.ROLLUP)).isEqualTo(10_081);
	}

	@Test
	void finishedWorkIsForgottenByItsKind() {
		hear("counted", Duration.ZERO, Duration.ofSeconds(-1));
		hear("wanted", Duration.ZERO, Duration.ofHours(1));
		this.queue.wantAnother(PROJECT, JobKind.GROUP, "grouped");
		List.of(claim(), claim()).forEach((claim) -> this.queue.finish(claim, claim.wantedVersion()));
		assertThat(this.queue.forgetDone(JobKind.ROLLUP, Duration.ofHours(1))).isZero();
		assertThat(this.queue.forgetDone(JobKind.ROLLUP, Duration.ofSeconds(-1))).isEqualTo(1);
		assertThat(this.jdbc.sql("select subject from incidents.job").query(String.class).list())
			.containsExactlyInAnyOrder("wanted", "grouped");
	}

	private void hear(String subject, Duration patience, Duration pause) {
		this.queue.wantWhenQuiet(PROJECT, JobKind.ROLLUP,
				List.of(new QuietSubject(subject, Instant.EPOCH, patience, true)), pause);
	}

	private void itIsQuietNow() {
		this.jdbc.sql("update incidents.job set not_before = now(), quiet_at = now()").update();
	}

	private int sweep(Instant stored) {
		return this.queue.wantUnlessLookedAfter(PROJECT, JobKind.GROUP, "swept", stored);
	}

	private Claim claim() {
		return this.queue.claim("worker").orElseThrow();
	}

	/** How far in the future a time of the only job lies, by the database's clock. */
	private double seconds(String column) {
		return this.jdbc.sql("select extract(epoch from " + column + " - clock_timestamp()) from incidents.job")
			.query(Double.class)
			.single();
	}

	private void pauseIsOver() {
		this.jdbc.sql("update incidents.job set not_before = now()").update();
	}

	private static JobQueue queue(Duration lease) {
		return new JobQueue(JdbcClient.create(dataSource),
				new JobProperties(4, 1, lease, Duration.ofMillis(50), Duration.ofSeconds(30)));
	}

	private static TransactionTemplate transaction() {
		return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
	}

	private static <T> List<T> atOnce(int clients, Callable<T> work) throws Exception {
		List<T> results = new ArrayList<>();
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var result : executor.invokeAll(java.util.Collections.nCopies(clients, work))) {
				results.add(result.get());
			}
		}
		return results;
	}

}
