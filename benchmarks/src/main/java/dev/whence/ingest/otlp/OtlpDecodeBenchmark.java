package dev.whence.ingest.otlp;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.whence.benchmarks.ingest.load.Payload;
import dev.whence.benchmarks.ingest.load.Stream;
import dev.whence.ingest.intake.MeasuredLimits;
import dev.whence.ingest.intake.Received;
import dev.whence.model.SignalType;
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

/**
 * Decoding OTLP protobuf requests of 100 records, identities included. Nanoseconds per
 * record.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OtlpDecodeBenchmark {

	private static final int RECORDS = 100;

	private final MeasuredLimits limits = new MeasuredLimits();

	private final byte[] logs = Payload.logs(RECORDS, "").body(Stream.now(1), 1);

	private final byte[] spans = Payload.spans(RECORDS, "").body(Stream.now(1), 1);

	private final byte[] points = Payload.points(RECORDS, "").body(Stream.now(1), 1);

	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public List<Received> logs() {
		return decode(SignalType.LOG, this.logs, new LogDecoder(InstantSource.system()));
	}

	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public List<Received> spans() {
		return decode(SignalType.TRACE, this.spans, new SpanDecoder());
	}

	@Benchmark
	@OperationsPerInvocation(RECORDS)
	public List<Received> points() {
		return decode(SignalType.METRIC, this.points, new MetricDecoder(InstantSource.system()));
	}

	private List<Received> decode(SignalType type, byte[] body, EnvelopeWalk.RecordReader records) {
		return this.limits.request((request) -> {
			Decoded decoded = new Decoded(type, request);
			EnvelopeWalk.through(new WireReader(body), decoded, records);
			if (decoded.accepted().size() != RECORDS) {
				throw new IllegalStateException("decoded " + decoded.accepted().size() + " records");
			}
			return decoded.accepted();
		});
	}

}
