package dev.whence.e2e.fire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import dev.whence.e2e.platform.Service;
import dev.whence.e2e.platform.ServiceProcess;
import dev.whence.e2e.platform.Whence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What two replicas of every service take for a steady load and at rest, for the model of
 * docs/scaling.md: {@code benchmarks/run scale --compare} reads what is written here. It
 * judges no figure; a machine on which builds run beside it would decide.
 */
@EnabledIfSystemProperty(named = "whence.fire.every-service", matches = "true")
@Isolated
class TwoReplicasIT {

	private static final int SENDERS = 4;

	private static final int RECORDS = 100;

	private static final Duration BETWEEN = Duration.ofMillis(50);

	private static final Duration TROUBLE_EVERY = Duration.ofMillis(100);

	private static final Duration TIME = Duration.ofSeconds(45);

	/** Java optimises what it has done some ten thousand times. */
	private static final Duration WARMING = Duration.ofMinutes(5);

	/** Until the minutes of the load are counted. */
	private static final Duration SETTLING = Duration.ofSeconds(75);

	private final Installation whence = Installation.running();

	private final AtomicLong logs = new AtomicLong();

	private final AtomicLong troubles = new AtomicLong();

	private final AtomicLong failures = new AtomicLong();

	@Test
	void whatTwoReplicasOfEveryServiceTake() throws Exception {
		int run = this.whence.newRun();
		List<PreparedBatch> batches = IntStream.range(0, SENDERS)
			.mapToObj((client) -> new PreparedBatch(run, client, RECORDS))
			.toList();
		try (Replicas replicas = Replicas.optimised(this.whence);
				Connection connection = this.whence.postgres().database().dataSource().getConnection()) {
			int gateway = replicas.port(Service.GATEWAY);
			Map<String, Object> loaded = whileSending(gateway, batches, (_) -> {
			}, (reader) -> {
				LockSupport.parkNanos(WARMING.toNanos());
				return measure(replicas, connection, reader::count);
			});
			// Before there are troubles: they are worked on long after the last came.
			LockSupport.parkNanos(SETTLING.toNanos());
			Object rest = measure(replicas, connection, () -> 0L).get("cores");
			PlainConnection line = new PlainConnection(gateway, Duration.ofSeconds(15));
			Map<String, Object> troubled = whileSending(gateway, batches, (senders) -> senders
				.scheduleAtFixedRate(() -> trouble(line, run), 0, TROUBLE_EVERY.toMillis(), TimeUnit.MILLISECONDS),
					(reader) -> {
						LockSupport.parkNanos(TIME.toNanos());
						return measure(replicas, connection, reader::count);
					});
			write("two-replicas", loaded, rest);
			write("two-replicas-troubled", troubled, rest);
			assertThat(this.logs).hasPositiveValue();
			assertThat(this.troubles).hasPositiveValue();
		}
	}

	private Map<String, Object> whileSending(int gateway, List<PreparedBatch> batches,
			Consumer<ScheduledExecutorService> besides, Measuring measuring) throws Exception {
		Reader reader = Reader.asking(gateway, Set.of(Service.QUERY));
		List<PlainConnection> lines = new ArrayList<>();
		try (ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS + 1)) {
			for (PreparedBatch batch : batches) {
				PlainConnection line = new PlainConnection(gateway, Duration.ofSeconds(15));
				lines.add(line);
				senders.scheduleAtFixedRate(() -> send(line, batch), 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
			}
			besides.accept(senders);
			try {
				return measuring.measure(reader);
			}
			finally {
				senders.shutdownNow();
			}
		}
		finally {
			reader.finish();
			lines.forEach(PlainConnection::close);
		}
	}

	private static void write(String name, Map<String, Object> figures, Object rest) throws IOException {
		figures.put("rest", rest);
		Path file = Files.createDirectories(Path.of("target", "fire")).resolve(name + ".json");
		Files.writeString(file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(figures));
		System.out.println(name + ": " + figures);
	}

	private Map<String, Object> measure(Replicas replicas, Connection connection, LongSupplier questions)
			throws Exception {
		Moment begun = moment(replicas, connection, questions);
		LockSupport.parkNanos(TIME.toNanos());
		Moment ended = moment(replicas, connection, questions);
		double seconds = (ended.nanos - begun.nanos) / 1e9;
		double stored = (double) ended.logs - begun.logs + ended.troubles - begun.troubles;
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("logs", stored / seconds);
		figures.put("spans", 0);
		figures.put("points", 0);
		figures.put("batch", RECORDS);
		figures.put("troubled", 100 * (ended.troubles - begun.troubles) / stored);
		figures.put("questions", (ended.questions - begun.questions) / seconds);
		Map<String, Double> cores = new LinkedHashMap<>();
		ended.cpu.forEach((part, cpu) -> cores.put(part, (cpu - begun.cpu.get(part)) / seconds));
		figures.put("cores", cores);
		figures.put("failures", this.failures.get());
		figures.put("databaseBytes", (ended.databaseBytes - begun.databaseBytes) / stored);
		figures.put("walBytes", (ended.walBytes - begun.walBytes) / stored);
		figures.put("commits", (ended.commits - begun.commits) / seconds);
		return figures;
	}

	private Moment moment(Replicas replicas, Connection connection, LongSupplier questions)
			throws IOException, SQLException {
		Map<String, Double> cpu = new LinkedHashMap<>();
		for (Service service : Service.values()) {
			cpu.put(service.name().toLowerCase(Locale.ROOT),
					CpuTimes.seconds(replicas.of(service).stream().map(ServiceProcess::pid).toList()));
		}
		cpu.put("postgresql", CpuTimes.seconds(this.whence.postgres().pids()));
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("""
				select pg_database_size(current_database()), pg_current_wal_lsn() - '0/0'::pg_lsn, xact_commit
				  from pg_stat_database where datname = current_database()""")) {
			row.next();
			return new Moment(System.nanoTime(), cpu, this.logs.get(), this.troubles.get(), questions.getAsLong(),
					row.getLong(1), row.getLong(2), row.getLong(3));
		}
	}

	private void send(PlainConnection line, PreparedBatch batch) {
		exchange(line, batch.next(), RECORDS, this.logs);
	}

	private void trouble(PlainConnection line, int run) {
		String body = """
				{"signal_id":"%s","trace_id":"%s","service_name":"%sill-%d","timestamp":"%s","level":"ERROR",\
				"message":"order failed","attributes":{}}""".formatted(UUID.randomUUID(),
				UUID.randomUUID().toString().replace("-", ""), DeliveryPlan.services(run), this.troubles.get() % 20,
				Instant.now());
		exchange(line, PlainConnection.post("/ingest/logs", "application/json", Whence.KEY,
				body.getBytes(StandardCharsets.UTF_8)), 1, this.troubles);
	}

	private void exchange(PlainConnection line, byte[] request, int signals, AtomicLong stored) {
		try {
			if (line.exchange(request).isSuccess()) {
				stored.addAndGet(signals);
				return;
			}
		}
		catch (IOException _) {
			// Counted below.
		}
		this.failures.incrementAndGet();
	}

	/** What had been used and done at a time. */
	private record Moment(long nanos, Map<String, Double> cpu, long logs, long troubles, long questions,
			double databaseBytes, double walBytes, double commits) {
	}

	/** Measures while something is sent and asked. */
	@FunctionalInterface
	private interface Measuring {

		Map<String, Object> measure(Reader reader) throws Exception;

	}

}
