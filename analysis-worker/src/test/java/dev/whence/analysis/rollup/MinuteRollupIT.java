package dev.whence.analysis.rollup;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.whence.analysis.job.JobRunner;
import dev.whence.model.LogRecord;
import dev.whence.model.MinutesTouched;
import dev.whence.model.ProjectId;
import dev.whence.model.Signal;
import dev.whence.model.Span;
import dev.whence.model.SpanKind;
import dev.whence.model.TraceId;
import dev.whence.store.MinuteAnnouncer;
import dev.whence.store.ProblemAnnouncer;
import dev.whence.store.SignalWriter;
import dev.whence.store.Submission;
import dev.whence.store.outbox.OutboxMessage;
import dev.whence.store.rollup.EdgeRollup;
import dev.whence.store.rollup.LogRollup;
import dev.whence.store.rollup.MinuteListener;
import dev.whence.store.rollup.MinuteTotals;
import dev.whence.store.rollup.Minutes;
import dev.whence.store.rollup.RollupReader;
import dev.whence.store.rollup.ServiceRollups;
import dev.whence.support.wire.EventCodec;
import dev.whence.support.wire.WireMessage;
import dev.whence.testkit.postgres.WithPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** From stored signals to counted minutes, through outbox, wire and jobs. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK,
		properties = { "spring.config.name=application,analysis-worker", "whence.wire.kind=in-process",
				"whence.analysis.lock.kind=in-process", "whence.security.mode=open",
				"whence.analysis.rollup.settle=15s", "whence.analysis.job.poll=50ms" })
@WithPostgres
class MinuteRollupIT {

	private static final ProjectId PROJECT = ProjectId.DEFAULT;

	private static final int MANY = 10_000;

	/** Long enough that minutes are announced, left out and announced again. */
	private static final Duration WRITING = Duration.ofSeconds(12);

	private static final Duration SETTLING = Duration.ofSeconds(90);

	@Autowired
	SignalWriter writer;

	@Autowired
	RollupReader reader;

	@Autowired
	JobRunner runner;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Settled settled;

	@Test
	void whateverTheInterleavingEveryMinuteIsExactOnceItIsQuiet() throws Exception {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
		List<Instant> minutes = List.of(now.minus(Duration.ofMinutes(9)), now.minus(Duration.ofMinutes(8)),
				now.minus(Duration.ofDays(1)), now.minus(Duration.ofDays(20)));
		List<Instant> lies = List.of(Instant.EPOCH, now.plus(Duration.ofDays(365)), now.minus(Duration.ofDays(90)));
		Queue<Signal> stored = new ConcurrentLinkedQueue<>();
		Instant end = Instant.now().plus(WRITING);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> writers = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				Random random = new Random(i);
				writers.add(executor.submit(() -> {
					List<Signal> before = List.of();
					while (Instant.now().isBefore(end)) {
						List<Signal> batch = new ArrayList<>(call(one(minutes, random), random));
						stored.addAll(batch);
						batch.add(log(one(lies, random)));
						batch.addAll(before);
						write(batch);
						before = batch;
						pause(random.nextInt(40));
					}
				}));
			}
			this.runner.stop();
			pause(3_000);
			this.runner.start();
			for (Future<?> one : writers) {
				one.get();
			}
		}
		awaitCounted();
		List<Signal> signals = List.copyOf(stored);
		Minutes asked = Minutes.of(minutes);
		assertThat(signals).hasSizeGreaterThan(500);
		assertThat(this.reader.minutes(PROJECT, asked, MANY)).isEqualTo(totals(signals));
		assertThat(this.reader.edges(PROJECT, asked, MANY).stream().mapToLong(EdgeRollup::calls).sum())
			.as("every call has its edge")
			.isEqualTo(signals.size() / 3);
		assertThat(this.reader.logs(PROJECT, asked, MANY).stream().mapToLong(LogRollup::count).sum())
			.isEqualTo(signals.size() / 3);
		assertThat(this.reader.minutes(PROJECT, Minutes.of(lies), MANY)).as("clocks that lie").isEmpty();
		assertThat(this.settled.minutes).containsAll(minutes);
		assertThat(this.settled.minutes).as("the minutes and those after them, a few times each").hasSizeLessThan(40);
	}

	@Test
	void aMinuteIsSeenToWaitUntilItIsCountedAndThenItsHourIsMade(@Autowired HourSweep sweep,
			@Autowired ServiceRollups services) {
		Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofDays(5));
		write(List.of(log(minute)));
		Awaitility.await().atMost(SETTLING).until(() -> isWaiting(minute));
		awaitCounted();
		assertThat(isWaiting(minute)).isFalse();
		assertThat(madeHours(minute)).as("an hour is left alone for a while").isZero();
		this.jdbc.sql("update signals.rollup_hour set touched_at = touched_at - interval '1 hour'").update();
		sweep.sweep();
		assertThat(madeHours(minute)).isEqualTo(1);
		assertThat(services.counterSeen())
			.hasValueSatisfying((seen) -> assertThat(seen).isAfter(Instant.now().minusSeconds(60)));
	}

	private boolean isWaiting(Instant minute) {
		return this.jdbc.sql("select exists (select from incidents.uncounted_minute_view where minute = ?)")
			.param(minute.atOffset(ZoneOffset.UTC))
			.query(Boolean.class)
			.single();
	}

	private int madeHours(Instant minute) {
		return this.jdbc.sql("select count(*) from signals.rollup_hour where made and minute = ?")
			.param(minute.truncatedTo(ChronoUnit.HOURS).getEpochSecond() / 60)
			.query(Integer.class)
			.single();
	}

	@Test
	void aSignalThatComesAfterTheCountHasItsMinuteCountedAgain() {
		Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofDays(3));
		for (int logs = 1; logs <= 2; logs++) {
			write(List.of(log(minute.plusSeconds(logs))));
			MinuteTotals expected = new MinuteTotals(minute, 0, 0, logs, 0);
			Awaitility.await()
				.atMost(SETTLING)
				.untilAsserted(() -> assertThat(this.reader.minutes(PROJECT, Minutes.of(List.of(minute)), MANY))
					.containsExactly(expected));
		}
	}

	private void awaitCounted() {
		Awaitility.await()
			.atMost(SETTLING)
			.pollDelay(Duration.ofSeconds(1))
			.until(() -> this.jdbc.sql("select count(*) from incidents.job where wanted_version > done_version")
				.query(Long.class)
				.single() == 0);
	}

	private static List<MinuteTotals> totals(List<Signal> signals) {
		return signals.stream()
			.collect(Collectors.groupingBy((signal) -> Minutes.floor(signal.timestamp()), TreeMap::new,
					Collectors.toList()))
			.entrySet()
			.stream()
			.map((entry) -> new MinuteTotals(entry.getKey(),
					entry.getValue().stream().filter(Span.class::isInstance).count(),
					entry.getValue().stream().filter((signal) -> signal instanceof Span span && span.failed()).count(),
					entry.getValue().stream().filter(LogRecord.class::isInstance).count(), 0))
			.toList();
	}

	private void write(List<Signal> signals) {
		this.writer.write(PROJECT, signals.stream().map((signal) -> new Submission(signal, null, true, 1)).toList());
	}

	// Caller, callee and what the callee says.
	private static List<Signal> call(Instant minute, Random random) {
		TraceId trace = new TraceId("t-" + UUID.randomUUID());
		Instant start = minute.plusMillis(random.nextInt(59_000));
		return List.of(span(trace, "a", null, "shop", start, "OK"),
				span(trace, "b", "a", "bank", start.plusMillis(1), random.nextBoolean() ? "OK" : "ERROR"), log(start));
	}

	private static Span span(TraceId trace, String id, String parent, String service, Instant start, String status) {
		return new Span(UUID.randomUUID(), trace, id, parent, service, "pay", SpanKind.SERVER, start,
				Duration.ofMillis(5), status, null, Map.of(), Map.of(), Map.of());
	}

	private static LogRecord log(Instant time) {
		return new LogRecord(UUID.randomUUID(), null, null, "bank", time, "INFO", "hello", Map.of(), Map.of(),
				Map.of());
	}

	private static <T> T one(List<T> choices, Random random) {
		return choices.get(random.nextInt(choices.size()));
	}

	// Work that takes time; nothing waits for it to be over.
	private static void pause(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Remembers what it was told. */
	static class Settled implements MinuteListener {

		final Queue<Instant> minutes = new ConcurrentLinkedQueue<>();

		@Override
		public void settled(ProjectId project, Instant minute) {
			this.minutes.add(minute);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Writing {

		@Bean
		ProblemAnnouncer problems() {
			return (_, _) -> List.of();
		}

		@Bean
		MinuteAnnouncer minutes() {
			return (project, minutes) -> {
				WireMessage message = EventCodec
					.encode(new MinutesTouched(UUID.randomUUID(), Instant.now(), project, minutes));
				return List.of(new OutboxMessage(message.topic(), message.key(), message.json()));
			};
		}

		@Bean
		Settled settled() {
			return new Settled();
		}

	}

}
