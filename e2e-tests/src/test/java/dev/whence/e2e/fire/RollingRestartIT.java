package dev.whence.e2e.fire;

import java.sql.Connection;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.whence.e2e.fire.Checker.Incidents;
import dev.whence.e2e.fire.Checker.Storage;
import dev.whence.e2e.platform.Service;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two replicas of services are restarted one after the other while clients write and
 * read: gateway, ingest and query always, every service with {@code -Pfire}. Where
 * Kubernetes would have its Services, connections are handed round by
 * {@link dev.whence.e2e.platform.BalancedPort}, which knows of an end by its probes
 * alone.
 */
@Isolated
class RollingRestartIT {

	private static final int WRITERS = 3;

	private static final boolean ALL = Boolean.getBoolean("whence.fire.every-service");

	private static final int ROUNDS = Integer.getInteger("whence.fire.rounds", 1);

	private static final Set<Service> PAIRS = ALL ? EnumSet.allOf(Service.class)
			: EnumSet.of(Service.GATEWAY, Service.INGEST, Service.QUERY);

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final Installation whence = Installation.running();

	private final int run = this.whence.newRun();

	private final Report report = new Report("rolling-restart").put("clients that write", WRITERS);

	@Test
	void nobodyNoticesThatEachReplicaIsRestarted() throws Exception {
		try (Replicas replicas = Replicas.of(this.whence, PAIRS)) {
			int gateway = replicas.port(Service.GATEWAY);
			long begun = System.nanoTime();
			Set<Service> present = EnumSet.copyOf(PAIRS);
			present.add(Service.ANALYSIS);
			Reader reader = Reader.asking(gateway, present);
			Crowd crowd = Crowd.writing(WRITERS, this.run, this.run, this.whence.takesBatches(), gateway);
			Ledger ledger;
			try {
				awaitAcknowledgements(crowd);
				for (int round = 0; round < ROUNDS; round++) {
					restartAll(replicas, crowd);
				}
				Awaitility.await("trouble").atMost(PATIENCE).until(crowd::isTroubled);
				ledger = crowd.finish(Duration.ofSeconds(30));
				assertThat(PAIRS).allMatch(
						(service) -> replicas.connections(service, 0) > 0 && replicas.connections(service, 1) > 0,
						"has two replicas that are of use");
			}
			finally {
				crowd.abandon();
				reader.finish();
			}
			this.report.put("seconds", Duration.ofNanos(System.nanoTime() - begun).toSeconds());
			try (Connection connection = this.whence.postgres().database().dataSource().getConnection()) {
				check(new Checker(connection), ledger, reader);
			}
		}
	}

	private void restartAll(Replicas replicas, Crowd crowd) {
		for (int number = 0; number < 2; number++) {
			if (ALL) {
				for (Service service : PAIRS) {
					replicas.restart(Set.of(service), number);
					awaitAcknowledgements(crowd);
				}
			}
			else {
				replicas.restart(PAIRS, number);
				awaitAcknowledgements(crowd);
			}
		}
	}

	private static void awaitAcknowledgements(Crowd crowd) {
		long now = System.nanoTime();
		Awaitility.await("acknowledgements")
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> crowd.allAcknowledgedSince(now));
	}

	private void check(Checker checker, Ledger ledger, Reader reader) throws Exception {
		Awaitility.await("the worker to have done everything")
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(200))
			.until(() -> checker.settled(ledger));
		Storage storage = checker.storage(this.run, ledger);
		Incidents incidents = checker.incidents(ledger);
		List<String> deadLetters = new Wire(this.whence.kafka().bootstrapServers()).deadLetters();
		this.report.put("services with two replicas", PAIRS)
			.put("restarts", ROUNDS * PAIRS.size() * 2)
			.put("requests that write", ledger.deliveries())
			.put("answers by status (0: connection refused or broken)", ledger.statuses())
			.put("requests that read, by path", reader.answers())
			.put("of these, failed", reader.failures().size())
			.putMillis("time to an acknowledgement", ledger.attempts())
			.put("signals acknowledged", storage.acknowledged())
			.put("signals stored", storage.stored())
			.put("acknowledged and lost", storage.lost().count())
			.put("stored twice", storage.twice().count())
			.put("troubles", incidents.troubles())
			.put("of these, outside of any incident", incidents.outside().count());
		this.report.publish();
		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(ledger.setbacks()).as("requests that had to be sent again").isEmpty();
			softly.assertThat(ledger.retries()).as("retries").isZero();
			softly.assertThat(ledger.offences()).as("answers that no client may get").isEmpty();
			softly.assertThat(ledger.duplicates()).as("sent again by somebody else").isZero();
			softly.assertThat(reader.failures()).as("questions without an answer").isEmpty();
			softly.assertThat(storage.lost().examples()).as("acknowledged and lost").isEmpty();
			softly.assertThat(storage.twice().examples()).as("stored twice").isEmpty();
			softly.assertThat(storage.stored()).as("rows").isEqualTo(storage.acknowledged());
			softly.assertThat(incidents.troubles()).as("troubles").isPositive();
			softly.assertThat(incidents.unnoticed().examples()).as("not noted as a problem").isEmpty();
			softly.assertThat(incidents.outside().examples()).as("outside of any incident").isEmpty();
			softly.assertThat(incidents.unanalysed().examples()).as("without an analysis").isEmpty();
			softly.assertThat(incidents.analysedTwice().examples()).as("analysed twice").isEmpty();
			softly.assertThat(deadLetters).as("dead letters").isEmpty();
		});
	}

}
