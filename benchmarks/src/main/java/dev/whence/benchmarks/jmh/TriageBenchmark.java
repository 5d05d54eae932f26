package dev.whence.benchmarks.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import dev.whence.benchmarks.ingest.load.Stream;
import dev.whence.benchmarks.ingest.load.WriterSignals;
import dev.whence.ingest.triage.Triage;
import dev.whence.model.LogRecord;
import dev.whence.model.Severity;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Judging log records: the usual mix, and errors alone. Nanoseconds per record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TriageBenchmark {

	private static final int RECORDS = 1000;

	private final Triage triage = new Triage(Severity.MEDIUM);

	private final List<LogRecord> mixed = records();

	private final List<LogRecord> errors = errors();

	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public void mixed(Blackhole blackhole) {
		this.mixed.forEach((log) -> blackhole.consume(this.triage.judge(log)));
	}

	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public void errors(Blackhole blackhole) {
		this.errors.forEach((log) -> blackhole.consume(this.triage.judge(log)));
	}

	static List<LogRecord> records() {
		WriterSignals signals = new WriterSignals();
		Stream stream = Stream.now(1);
		return LongStream.range(0, RECORDS).mapToObj((record) -> signals.log(stream, record)).toList();
	}

	private static List<LogRecord> errors() {
		WriterSignals signals = new WriterSignals();
		Stream stream = Stream.now(2);
		return LongStream.iterate(0, (record) -> record + 1)
			.mapToObj((record) -> signals.log(stream, record))
			.filter((log) -> log.level().equals("ERROR"))
			.limit(RECORDS)
			.toList();
	}

}
