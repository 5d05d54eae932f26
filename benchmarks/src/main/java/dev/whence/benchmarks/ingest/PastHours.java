package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import javax.sql.DataSource;

import dev.whence.benchmarks.ingest.load.ShopTraces;
import dev.whence.model.ProjectId;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.commit.Commit;
import dev.whence.store.commit.SharedCommits;
import dev.whence.store.commit.TouchedMinutes;
import dev.whence.store.commit.WritingProperties;
import dev.whence.store.compact.Compactor;
import dev.whence.store.partition.OwnerConnection;
import dev.whence.store.partition.PartitionMaintenance;
import dev.whence.store.retention.Retention;
import dev.whence.store.rollup.RollupProperties;
import dev.whence.store.table.Table;
import dev.whence.store.write.QueuedSignalWriter;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationContext;

/**
 * Writes hours as if they were the present, and closes them as if they were over. Signals
 * come about in the order of their time, as they do from services.
 */
final class PastHours {

	private static final int BATCH = 2_000;

	private static final Duration LATE = Duration.ofSeconds(5);

	private final ApplicationContext context;

	private final ShopTraces shop;

	private final OwnerConnection owner;

	private final Retention retention;

	private final Random random = new Random(1);

	PastHours(ApplicationContext context, ShopTraces shop) {
		this.context = context;
		this.shop = shop;
		this.owner = new OwnerConnection(context.getBean(JdbcConnectionDetails.class));
		this.retention = context.getBean(Retention.class);
	}

	void write(Instant hour, int signals) throws IOException {
		InstantSource then = () -> hour.plus(Duration.ofMinutes(5));
		new PartitionMaintenance(this.owner, Table.ALL, this.retention, (_, _) -> {
		}, then).makeAhead();
		WritingProperties writing = this.context.getBean(WritingProperties.class);
		SharedCommits commits = new SharedCommits(new Commit(this.context.getBean(DataSource.class), this.retention,
				(_, _) -> List.of(),
				new TouchedMinutes((_, _) -> List.of(), this.context.getBean(RollupProperties.class), then), then),
				writing);
		try {
			SignalWriter writer = new QueuedSignalWriter(commits);
			List<Submission> batch = new ArrayList<>();
			for (int written = 0; written < signals; written += 10) {
				this.shop.trace(hour.plusNanos(at(written, signals)))
					.forEach((signal) -> batch.add(new Submission(signal, null, false, 1)));
				if (batch.size() >= BATCH || written + 10 >= signals) {
					writer.write(ProjectId.DEFAULT, batch);
					batch.clear();
				}
			}
		}
		finally {
			try {
				commits.destroy();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IOException(ex);
			}
		}
	}

	/** Lets the shop make the signals of an hour that was written before. */
	void imagine(int signals) {
		for (int written = 0; written < signals; written += 10) {
			this.shop.trace(Instant.EPOCH);
		}
	}

	private long at(int written, int signals) {
		return (long) (Duration.ofMinutes(58).toNanos() * (double) written / signals)
				+ this.random.nextLong(LATE.toNanos());
	}

	/** Closes an hour and those before it, and says how many signals that were. */
	long close(Instant hour) {
		return new Compactor(this.owner, () -> hour.plus(Duration.ofHours(2))).closeWhatIsOver();
	}

}
