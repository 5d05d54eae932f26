package dev.whence.e2e.fire;

import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.whence.e2e.fire.Checker.Incidents;
import dev.whence.e2e.fire.Checker.Storage;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.Whence;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Eight clients write through the gateway while ingest, gateway, PostgreSQL, Kafka and
 * Redis are killed. With {@code -Pfire} it takes minutes.
 */
@Isolated
class CrashLoopIT {

	private static final int CLIENTS = 8;

	private static final int KILLS = Integer.getInteger("whence.fire.kills", 5);

	private static final long SEED = Long.getLong("whence.fire.seed", System.nanoTime() & 0xFFFFFF);

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final Installation whence = Installation.running();

	private final int run = this.whence.newRun();

	private final Report report = new Report("crash-loop").put("seed", SEED).put("clients", CLIENTS);

	@Test
	void nothingAcknowledgedIsLostAndNothingIsStoredTwiceWhateverIsKilled() throws Exception {
		System.out.println("crash loop: -Dwhence.fire.seed=" + SEED + " -Dwhence.fire.kills=" + KILLS);
		long begun = System.nanoTime();
		Crowd crowd = Crowd.writing(CLIENTS, this.run, SEED, this.whence.takesBatches(),
				this.whence.port(Service.GATEWAY));
		List<Kill> kills;
		Ledger ledger;
		try {
			kills = new CrashLoop(this.whence, crowd, SEED).kill(KILLS);
			ledger = crowd.finish(Duration.ofSeconds(30));
		}
		finally {
			crowd.abandon();
		}
		this.report.put("seconds", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
		CrashReport.add(this.report, kills, ledger);
		try (Connection connection = this.whence.postgres().database().dataSource().getConnection()) {
			check(new Checker(connection), ledger);
		}
	}

	private void check(Checker checker, Ledger ledger) throws Exception {
		Storage storage = checker.storage(this.run, ledger);
		this.report.put("signals acknowledged", storage.acknowledged())
			.put("signals stored", storage.stored())
			.put("stored without a read acknowledgement", storage.inDoubt())
			.put("acknowledged and lost", storage.lost().count())
			.put("stored twice", storage.twice().count());
		boolean settled = becomesSettled(checker, ledger);
		Incidents incidents = checker.incidents(ledger);
		Set<String> announced = announced();
		Set<String> analysed = checker.analysed();
		List<String> deadLetters = new Wire(this.whence.kafka().bootstrapServers()).deadLetters();
		this.report.put("acknowledged signals of severity HIGH", incidents.troubles())
			.put("of these, not noted as a problem", incidents.unnoticed().count())
			.put("of these, outside of any incident", incidents.outside().count())
			.put("incidents", incidents.incidents())
			.put("incidents announced for analysis", announced.size())
			.put("analyses", incidents.analyses())
			.put("incidents whose latest version has no analysis", incidents.unanalysed().count())
			.put("versions analysed twice", incidents.analysedTwice().count())
			.put("outbox rows left", checker.outbox())
			.put("dead letters", deadLetters.size());
		List<Delivery> replayed = List.copyOf(ledger.recent());
		Counted counted = replay(replayed);
		Storage afterReplay = checker.storage(this.run, ledger);
		this.report.put("replayed at the end",
				"%d signals: counted %d stored, %d duplicates; %d rows more".formatted(
						replayed.stream().mapToInt((delivery) -> delivery.marks().size()).sum(), counted.stored(),
						counted.duplicates(), afterReplay.stored() - storage.stored()));
		this.report.publish();

		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(ledger.offences()).as("answers that no client may get").isEmpty();
			softly.assertThat(ledger.delivered()).as("deliveries acknowledged").isEqualTo(ledger.deliveries());
			softly.assertThat(storage.lost().examples()).as("acknowledged and lost").isEmpty();
			softly.assertThat(storage.twice().examples()).as("stored twice").isEmpty();
			softly.assertThat(settled).as("the outbox and the jobs run empty").isTrue();
			softly.assertThat(incidents.troubles()).as("troubles").isPositive();
			softly.assertThat(incidents.unnoticed().examples()).as("not noted as a problem").isEmpty();
			softly.assertThat(incidents.outside().examples()).as("outside of any incident").isEmpty();
			softly.assertThat(incidents.unanalysed().examples()).as("without an analysis").isEmpty();
			softly.assertThat(incidents.analysedTwice().examples()).as("analysed twice").isEmpty();
			softly.assertThat(announced).as("announced incidents").isNotEmpty();
			softly.assertThat(analysed).as("incidents with an analysis").containsAll(announced);
			softly.assertThat(deadLetters).as("dead letters").isEmpty();
			softly.assertThat(counted.stored()).as("replayed signals counted as stored").isZero();
			softly.assertThat(counted.duplicates())
				.as("replayed signals counted as duplicates")
				.isEqualTo(replayed.stream().mapToInt((delivery) -> delivery.marks().size()).sum());
			softly.assertThat(afterReplay.stored()).as("rows after the replay").isEqualTo(storage.stored());
		});
	}

	private static boolean becomesSettled(Checker checker, Ledger ledger) {
		try {
			// Analyses of an incident that goes on growing rest in between.
			Awaitility.await()
				.atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(200))
				.until(() -> checker.settled(ledger));
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

	private Set<String> announced() {
		return new Wire(this.whence.kafka().bootstrapServers()).read("analysis.requested.v1")
			.stream()
			.map((event) -> JsonMapper.shared().readTree(event).get("incidentId").asString())
			.collect(Collectors.toSet());
	}

	/**
	 * Counters live as long as their process, so they are compared while nothing dies.
	 */
	private Counted replay(List<Delivery> deliveries) throws IOException, InterruptedException {
		int ingest = this.whence.port(Service.INGEST);
		IngestMetrics before = IngestMetrics.of(ingest);
		try (PlainConnection connection = new PlainConnection(this.whence.port(Service.GATEWAY),
				Duration.ofSeconds(20))) {
			for (Delivery delivery : deliveries) {
				byte[] request = PlainConnection.post(delivery.path(), delivery.protocol().contentType(), Whence.KEY,
						delivery.body());
				assertThat(connection.exchange(request).status()).as(delivery.path()).isBetween(200, 202);
			}
		}
		IngestMetrics after = IngestMetrics.of(ingest);
		return new Counted(after.signals("stored") - before.signals("stored"),
				after.signals("duplicate") - before.signals("duplicate"));
	}

	private record Counted(long stored, long duplicates) {
	}

}
