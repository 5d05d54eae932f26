package dev.whence.benchmarks.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.whence.ingest.intake.TextSanitizer;
import dev.whence.model.LogRecord;
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

/** Cleaning the texts of log records that are clean. Nanoseconds per record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SanitizerBenchmark {

	private static final int RECORDS = 1000;

	private final List<LogRecord> records = TriageBenchmark.records();

	private final TextSanitizer sanitizer = new TextSanitizer();

	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public void texts(Blackhole blackhole) {
		for (LogRecord log : this.records) {
			blackhole.consume(this.sanitizer.clean(log.message()));
			blackhole.consume(this.sanitizer.clean(log.attributes()));
			blackhole.consume(this.sanitizer.clean(log.resource()));
			blackhole.consume(this.sanitizer.clean(log.details()));
		}
	}

}
