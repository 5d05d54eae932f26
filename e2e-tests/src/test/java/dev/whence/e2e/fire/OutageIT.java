package dev.whence.e2e.fire;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import dev.whence.e2e.fire.Checker.Incidents;
import dev.whence.e2e.fire.Checker.Storage;
import dev.whence.e2e.platform.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One dependency is away for some seconds, dead or hanging. Half of the clients speak
 * with the gateway, half with ingest itself. Ceilings are generous; the figures are
 * printed.
 */
@Isolated
class OutageIT {

	private static final int CLIENTS = 24;

	private static final Duration OUTAGE = Duration.ofSeconds(6);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** The promise is two seconds; the machine may be slow. */
	private static final double REFUSED_WITHIN_MILLIS = 5_000;

	/** The promise is five seconds. */
	private static final double BACK_WITHIN_SECONDS = 30;

	private static final int MORE_THREADS = 60;

	private static final int RESIDENT_MEGABYTES = 700;

	private final Installation whence = Installation.running();

	private final int run = this.whence.newRun();

	private Crowd crowd;

	private Report report;

	@AfterEach
	void nobodyWritesOn() throws Exception {
		this.crowd.abandon();
		this.report.publish();
	}

	@Test
	void killedDatabaseIsAnsweredWith503AndForgottenWhenItReturns() throws Exception {
		databaseOutage("postgresql-killed", this.whence.postgres()::killAll, this.whence.postgres()::restart);
	}

	@Test
	void hangingDatabaseIsAnsweredWith503AndForgottenWhenItGoesOn() throws Exception {
		databaseOutage("postgresql-stopped", this.whence.postgres()::pause, this.whence.postgres()::resume);
	}

	@Test
	void withoutKafkaEverythingIsTakenAndAnnouncedLater() throws Exception {
		begin("kafka-killed");
		Outage outage = outage(this.whence.kafka()::kill, this.whence.kafka()::restart);
		Ledger ledger = finish(outage);
		assertTakenDuring(outage, ledger);
		List<String> announced = new Wire(this.whence.kafka().bootstrapServers()).read("signals.ingested.v1");
		assertThat(ledger.troubles()).isNotEmpty()
			.allMatch((trouble) -> announced.stream().anyMatch((event) -> event.contains(trouble.trace())),
					"was announced");
	}

	@Test
	void withoutRedisNothingIsLostAndTheGatewayAnswers() throws Exception {
		begin("redis-killed");
		Outage outage = outage(this.whence.redis()::kill, this.whence.redis()::restart);
		assertTakenDuring(outage, finish(outage));
	}

	@Test
	void hangingRedisKeepsNobodyWaiting() throws Exception {
		begin("redis-stopped");
		Outage outage = outage(this.whence.redis()::pause, this.whence.redis()::resume);
		assertTakenDuring(outage, finish(outage));
	}

	private void databaseOutage(String name, Runnable begin, Runnable end) throws Exception {
		begin(name);
		try (Watch ingest = new Watch(this.whence.service(Service.INGEST).pid())) {
			Outage outage = outage(begin, end);
			Awaitility.await("all clients to be acknowledged again")
				.atMost(PATIENCE)
				.until(() -> this.crowd.allAcknowledgedSince(outage.back()));
			this.report
				.put("threads of ingest before and at most",
						ingest.before().threads() + ", " + ingest.largest().threads())
				.put("resident memory of ingest before and at most",
						ingest.before().residentMegabytes() + ", " + ingest.largest().residentMegabytes() + " MB")
				.put("used heap of ingest afterwards",
						IngestMetrics.of(this.whence.port(Service.INGEST)).heapMegabytes() + " MB");
			Ledger ledger = finish(outage);
			double back = firstAcknowledgement(outage, ledger);
			this.report.put("from its return to the first acknowledgement", seconds(back));
			List<Attempt> refused = outage.attempts(ledger)
				.stream()
				.filter((attempt) -> attempt.status() == 503)
				.toList();
			this.report.putMillis("refused with 503 by ingest within", sentTo(Service.INGEST, refused))
				.putMillis("refused with 503 by the gateway within", sentTo(Service.GATEWAY, refused));
			assertThat(outage.attempts(ledger)).as("answers during the outage")
				.allMatch((attempt) -> attempt.acknowledged() || attempt.status() == 503 || attempt.status() == 504);
			assertThat(refused).isNotEmpty();
			assertThat(Report.percentileMillis(refused, 95)).isLessThan(REFUSED_WITHIN_MILLIS);
			assertThat(back).isLessThan(BACK_WITHIN_SECONDS);
			assertThat(ingest.largest().threads()).isLessThan(ingest.before().threads() + MORE_THREADS);
			assertThat(ingest.largest().residentMegabytes()).isLessThan(RESIDENT_MEGABYTES);
		}
	}

	private void begin(String name) throws Exception {
		this.report = new Report(name).put("clients", CLIENTS).put("outage", OUTAGE.toSeconds() + " s");
		long begun = System.nanoTime();
		this.crowd = Crowd.writing(CLIENTS, this.run, this.run, this.whence.takesBatches(),
				this.whence.port(Service.GATEWAY), this.whence.port(Service.INGEST));
		Awaitility.await("all clients to be acknowledged")
			.atMost(PATIENCE)
			.until(() -> this.crowd.allAcknowledgedSince(begun));
	}

	private static Outage outage(Runnable begin, Runnable end) {
		long away = System.nanoTime();
		begin.run();
		LockSupport.parkNanos(OUTAGE.toNanos());
		long ending = System.nanoTime();
		end.run();
		return new Outage(away, ending, System.nanoTime());
	}

	private static double firstAcknowledgement(Outage outage, Ledger ledger) {
		return ledger.attempts()
			.stream()
			.filter((attempt) -> attempt.acknowledged() && attempt.ended() > outage.back())
			.mapToDouble((attempt) -> (attempt.ended() - outage.back()) / 1e9)
			.min()
			.orElseThrow();
	}

	private Ledger finish(Outage outage) throws Exception {
		Ledger ledger = this.crowd.finish(PATIENCE);
		try (Connection connection = this.whence.postgres().database().dataSource().getConnection()) {
			Checker checker = new Checker(connection);
			Storage storage = checker.storage(this.run, ledger);
			Awaitility.await("the worker to have done everything")
				.atMost(Duration.ofMinutes(5))
				.until(() -> checker.settled(ledger));
			Incidents incidents = checker.incidents(ledger);
			this.report.put("requests", ledger.deliveries())
				.put("retries", ledger.retries())
				.put("answers by status during the outage (0: broken)", outage.statuses(ledger))
				.put("signals acknowledged", storage.acknowledged())
				.put("acknowledged and lost", storage.lost().count())
				.put("stored twice", storage.twice().count())
				.put("acknowledged signals of severity HIGH", incidents.troubles())
				.put("of these, outside of any incident", incidents.outside().count());
			assertThat(ledger.offences()).isEmpty();
			assertThat(ledger.delivered()).isEqualTo(ledger.deliveries());
			assertThat(storage.lost().examples()).as("acknowledged and lost").isEmpty();
			assertThat(storage.twice().examples()).as("stored twice").isEmpty();
			assertThat(incidents.outside().examples()).as("outside of any incident").isEmpty();
			return ledger;
		}
	}

	private void assertTakenDuring(Outage outage, Ledger ledger) throws Exception {
		List<Attempt> during = outage.attempts(ledger);
		this.report.putMillis("time to an acknowledgement during the outage", during);
		assertThat(during).hasSizeGreaterThan(CLIENTS).allMatch(Attempt::acknowledged);
		assertThat(Report.percentileMillis(during, 95)).isLessThan(REFUSED_WITHIN_MILLIS);
	}

	private List<Attempt> sentTo(Service service, List<Attempt> attempts) {
		return attempts.stream().filter((attempt) -> attempt.port() == this.whence.port(service)).toList();
	}

	private static String seconds(double seconds) {
		return String.format(Locale.ROOT, "%.2f s", seconds);
	}

	/**
	 * Times of {@link System#nanoTime()}.
	 *
	 * @param ending when the dependency was told to return
	 * @param back when it had returned
	 */
	private record Outage(long away, long ending, long back) {

		/** Those that were under way or begun while the dependency was away. */
		List<Attempt> attempts(Ledger ledger) {
			return ledger.attempts()
				.stream()
				.filter((attempt) -> attempt.ended() > this.away && attempt.begun() < this.ending)
				.toList();
		}

		Map<Integer, Long> statuses(Ledger ledger) {
			return attempts(ledger).stream()
				.collect(Collectors.groupingBy(Attempt::status, TreeMap::new, Collectors.counting()));
		}

	}

}
