package dev.whence.benchmarks.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.whence.benchmarks.ingest.load.Load;
import dev.whence.benchmarks.ingest.load.Payload;

/**
 * Rungs a and b: what PostgreSQL itself can do with rows that are encoded already. The
 * better of one and two connections counts.
 */
final class CopyRung {

	private static final int BATCH = 5000;

	private static final long STEP_NANOS = 3000;

	private static final String REAL = "signals.log_record";

	private static final String BARE = "benchmark.log_copy";

	private final Laboratory laboratory;

	private final CopyRows rows;

	private final long baseNanos = System.currentTimeMillis() * 1_000_000;

	private final AtomicLong batches = new AtomicLong();

	private CopyRung(Laboratory laboratory, CopyRows rows) {
		this.laboratory = laboratory;
		this.rows = rows;
	}

	static CopyRung seeded(Laboratory laboratory) {
		laboratory.clear();
		Payload payload = Payload.logs(1000, laboratory.options().key());
		Load.requests(BATCH / 1000, laboratory.ingest().address(), payload, laboratory.newStream(), 1);
		CopyRows rows = CopyRows.read(laboratory.database(), REAL, BATCH);
		laboratory.database()
			.execute("drop schema if exists benchmark cascade", "create schema benchmark",
					"create table " + BARE + " (like " + REAL + ")");
		return new CopyRung(laboratory, rows);
	}

	void bare() {
		climb("a", "COPY without index, binary rows", BARE);
	}

	void real() {
		climb("b", "COPY into the real table, binary rows", REAL);
	}

	private void climb(String rung, String name, String table) {
		for (int connections = 1; connections <= 2; connections++) {
			int number = connections;
			empty(table);
			copy(table, number, this.laboratory.options().shortWarmUp());
			List<Sample> samples = this.laboratory.repeat(() -> {
				empty(table);
				return copy(table, number, this.laboratory.options().time());
			});
			this.laboratory
				.report(RungResult.of(rung, name + ", " + number + ((number == 1) ? " connection" : " connections"),
						samples, Map.of("bytes per row", Math.round(this.rows.bytesPerRow()))));
		}
		empty(table);
	}

	private void empty(String table) {
		if (table.equals(REAL)) {
			this.laboratory.clear();
		}
		else {
			this.laboratory.database().execute("truncate " + table, "checkpoint");
		}
	}

	private Work copy(String table, int connections, Duration time) {
		long begun = System.nanoTime();
		long deadline = begun + time.toNanos();
		try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
			long copied = 0;
			for (Future<Long> worker : threads.invokeAll(IntStream.range(0, connections)
				.<Callable<Long>>mapToObj((_) -> () -> copy(table, deadline))
				.toList())) {
				copied += worker.get();
			}
			long nanos = System.nanoTime() - begun;
			Tables.requireExactlyOnce(this.laboratory.database(), table, copied);
			return new Work(copied, nanos, Map.of());
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private long copy(String table, long deadline) throws SQLException {
		CopyRows mine = this.rows.copy();
		long copied = 0;
		try (Connection connection = this.laboratory.database().connect()) {
			while (System.nanoTime() < deadline) {
				long first = this.baseNanos + this.batches.getAndIncrement() * BATCH * STEP_NANOS;
				mine.renew(first, STEP_NANOS);
				mine.send(connection, table);
				copied += mine.rows();
			}
		}
		return copied;
	}

}
