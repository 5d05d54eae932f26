package dev.whence.e2e.fire;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import dev.whence.e2e.fire.Checker.Incidents;
import dev.whence.e2e.fire.Checker.Storage;
import dev.whence.e2e.fire.control.EarlyAckConfiguration;
import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceProcess;
import dev.whence.testkit.LastingPort;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;

/** The checker sees what it is there to see. */
@Isolated
class NegativeControlIT {

	private static final int CLIENTS = 4;

	private static final Duration A_WHILE = Duration.ofSeconds(30);

	private final Installation whence = Installation.running();

	private final int run = this.whence.newRun();

	@Test
	void writerThatAcknowledgesBeforeTheCommitIsCaught(@TempDir Path extra) throws Exception {
		putControlInto(extra);
		int port = LastingPort.free();
		Crowd crowd;
		try (ServiceProcess ingest = ServiceProcess.startWith(extra, Service.INGEST, "fire-early-ack", port,
				this.whence.anotherIngest(port))) {
			ingest.awaitReady();
			long begun = System.nanoTime();
			crowd = Crowd.writing(CLIENTS, this.run, this.run, this.whence.takesBatches(), port);
			Awaitility.await().atMost(A_WHILE).until(() -> crowd.acknowledgedSince(begun + 2_000_000_000L));
		}
		Ledger ledger = crowd.abandon();
		try (Connection connection = connection()) {
			Storage storage = new Checker(connection).storage(this.run, ledger);
			new Report("early-acknowledgement").put("signals acknowledged", storage.acknowledged())
				.put("signals stored", storage.stored())
				.put("acknowledged and lost, and found to be", storage.lost().count())
				.publish();
			assertThat(storage.stored()).as("stored before the crash").isPositive();
			assertThat(storage.lost().count()).as("found to be lost").isPositive();
		}
	}

	@Test
	void controlIsNoPartOfTheProduct() throws IOException {
		try (JarFile jar = new JarFile(Service.INGEST.jar().toFile())) {
			assertThat(jar.stream().map((entry) -> entry.getName()))
				.noneMatch((name) -> name.contains("e2e") || name.contains("EarlyAck"));
		}
	}

	@Test
	void everyKindOfDamageIsSeen() throws Exception {
		Ledger ledger = writeUntilThereIsTrouble();
		try (Connection connection = connection(); Statement damage = connection.createStatement()) {
			Checker checker = new Checker(connection);
			Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> checker.settled(ledger));
			assertThat(checker.storage(this.run, ledger).lost().count()).isZero();
			assertThat(checker.storage(this.run, ledger).twice().count()).isZero();
			assertThat(checker.incidents(ledger).analysedTwice().count()).isZero();

			connection.setAutoCommit(false);
			damage.execute(withoutPrimaryKey("log_record"));
			damage.execute("insert into signals.log_record select * from signals.log_record where service like '"
					+ DeliveryPlan.services(this.run) + "%' limit 3");
			assertThat(checker.storage(this.run, ledger).twice().count()).as("found twice").isEqualTo(3);

			damage.execute("alter table signals.span disable trigger user");
			damage.execute("delete from signals.span where service like '" + DeliveryPlan.services(this.run) + "%'");
			assertThat(checker.storage(this.run, ledger).lost().count()).as("found lost").isPositive();

			damage.execute(withoutUniqueKey());
			damage.execute(
					"""
							insert into incidents.analysis select gen_random_uuid(), project_id, incident_id, incident_version,
							       attempt, root_cause, verdict, confidence_score, evidence_signals, ai_explanation, generated_at
							  from incidents.analysis""");
			assertThat(checker.incidents(ledger).analysedTwice().count()).as("found analysed twice").isPositive();
			damage.execute("delete from incidents.analysis");
			damage.execute("delete from incidents.incident_member");
			Incidents incidents = checker.incidents(ledger);
			assertThat(incidents.unanalysed().count()).as("found not analysed").isPositive();
			assertThat(incidents.outside().count()).as("found outside").isEqualTo(incidents.troubles());
			connection.rollback();
		}
	}

	private Ledger writeUntilThereIsTrouble() throws Exception {
		long begun = System.nanoTime();
		Crowd crowd = Crowd.writing(CLIENTS, this.run, this.run, this.whence.takesBatches(),
				this.whence.port(Service.GATEWAY));
		// In four seconds, 600 deliveries or so, far fewer on a busy machine; one in
		// sixty
		// reports trouble.
		Awaitility.await()
			.atMost(A_WHILE)
			.until(() -> crowd.acknowledgedSince(begun + 4_000_000_000L) && crowd.isTroubled());
		return crowd.finish(A_WHILE);
	}

	private Connection connection() throws SQLException {
		return this.whence.postgres().database().dataSource().getConnection();
	}

	private static String withoutPrimaryKey(String table) {
		return """
				do $$ declare name text; begin
				select conname into strict name from pg_constraint
				 where contype = 'p' and conrelid = 'signals.%1$s'::regclass;
				execute 'alter table signals.%1$s drop constraint ' || name;
				end $$""".formatted(table);
	}

	private static String withoutUniqueKey() {
		return """
				do $$ declare name text; begin
				select conname into strict name from pg_constraint
				 where contype = 'u' and conrelid = 'incidents.analysis'::regclass;
				execute 'alter table incidents.analysis drop constraint ' || name;
				end $$""";
	}

	private static void putControlInto(Path folder) throws IOException, URISyntaxException {
		String name = EarlyAckConfiguration.class.getPackageName().replace('.', '/');
		Path classes = Path.of(EarlyAckConfiguration.class.getProtectionDomain().getCodeSource().getLocation().toURI())
			.resolve(name);
		Path target = Files.createDirectories(folder.resolve(name));
		try (Stream<Path> files = Files.list(classes)) {
			for (Path file : files.toList()) {
				Files.copy(file, target.resolve(file.getFileName()));
			}
		}
		Path imports = folder
			.resolve("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
		Files.createDirectories(imports.getParent());
		Files.writeString(imports, EarlyAckConfiguration.class.getName() + "\n");
	}

}
