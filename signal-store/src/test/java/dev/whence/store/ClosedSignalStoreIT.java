package dev.whence.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import dev.whence.store.commit.Commit;
import dev.whence.store.commit.SharedCommits;
import dev.whence.store.commit.TouchedMinutes;
import dev.whence.store.commit.WritingProperties;
import dev.whence.store.compact.Compactor;
import dev.whence.store.outbox.Outbox;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.retention.Retention;
import dev.whence.store.rollup.RollupProperties;
import dev.whence.store.write.QueuedSignalWriter;
import dev.whence.testkit.postgres.WithPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The promises of the store when everything that is written is closed at once. */
@SpringBootTest(classes = SignalStoreIT.Application.class, properties = "whence.signal-store.migrate=true")
@WithPostgres
class ClosedSignalStoreIT extends SignalStoreKit {

	/** For the writer all that comes is old, for whoever closes it is older still. */
	private static final InstantSource WRITING = () -> Instant.now().plus(Duration.ofDays(3));

	private static final InstantSource CLOSING = () -> Instant.now().plus(Duration.ofDays(4));

	@Autowired
	SignalReader reader;

	@Autowired
	Outbox outbox;

	@Autowired
	SignalPartitions partitions;

	@Autowired
	Retention retention;

	@Autowired
	DataSource dataSource;

	@Autowired
	JdbcConnectionDetails connection;

	@Autowired
	WritingProperties writing;

	@Autowired
	RollupProperties rollups;

	@Autowired
	JdbcClient jdbc;

	private Compactor compactor;

	private SharedCommits commits;

	@BeforeEach
	void open() {
		this.partitions.makeAhead();
		this.compactor = new Compactor(new OwnerConnection(this.connection), CLOSING);
		this.commits = new SharedCommits(new Commit(this.dataSource, this.retention, ANNOUNCER,
				new TouchedMinutes((_, _) -> List.of(), this.rollups, WRITING), WRITING), this.writing);
	}

	@AfterEach
	void close() throws InterruptedException {
		this.commits.destroy();
		assertThat(openRows()).as("rows of this test that were not closed").isZero();
	}

	@Test
	void whatWasWrittenLiesInSegmentsAlone() {
		write(log(UUID.randomUUID(), null, TIME), false);
		assertThat(openRows()).isZero();
		assertThat(this.jdbc.sql("select count(*) from signals.segment where project_id = ?")
			.param(this.project.value())
			.query(Long.class)
			.single()).isEqualTo(1);
	}

	@Override
	SignalWriter writer() {
		SignalWriter writer = new QueuedSignalWriter(this.commits);
		return (project, submissions) -> {
			List<WriteOutcome> outcomes = writer.write(project, submissions);
			this.compactor.closeWhatIsOver();
			return outcomes;
		};
	}

	@Override
	SignalReader reader() {
		return this.reader;
	}

	@Override
	List<OutboxMessage> takeAnnounced() {
		List<OutboxMessage> sent = new ArrayList<>();
		this.outbox.drain(1000, sent::addAll);
		return sent;
	}

	private long openRows() {
		this.compactor.closeWhatIsOver();
		return this.jdbc.sql("""
				select (select count(*) from signals.log_record where project_id = :project)
				     + (select count(*) from signals.span where project_id = :project)
				     + (select count(*) from signals.metric_point where project_id = :project)
				""").param("project", this.project.value()).query(Long.class).single();
	}

}
