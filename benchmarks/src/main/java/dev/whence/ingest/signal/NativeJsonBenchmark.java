package dev.whence.ingest.signal;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.whence.benchmarks.ingest.load.Payload;
import dev.whence.benchmarks.ingest.load.Stream;
import dev.whence.ingest.intake.MeasuredLimits;
import dev.whence.ingest.intake.Received;
import dev.whence.ingest.json.JsonItem;
import dev.whence.ingest.json.RecordJson;
import dev.whence.model.SignalType;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading one native log: parsing alone, and all of it. Nanoseconds per record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NativeJsonBenchmark {

	private final MeasuredLimits limits = new MeasuredLimits();

	private final RecordJson json = new RecordJson();

	private final byte[] body = Payload.nativeLog("").body(Stream.now(1), 1);

	@Benchmark
	public Map<String, @Nullable Object> parse() {
		return this.limits.request((request) -> {
			if (this.json.parse(this.body, request) instanceof JsonItem.Parsed(var fields)) {
				return fields;
			}
			throw new IllegalStateException("refused");
		});
	}

	@Benchmark
	public Received read() {
		Map<String, @Nullable Object> parsed = parse();
		if (NativeSignals.read(SignalType.LOG, parsed,
				this.json.identify(SignalType.LOG.wireName(), parsed)) instanceof Reading.Taken(var received)) {
			return received;
		}
		throw new IllegalStateException("refused");
	}

}
