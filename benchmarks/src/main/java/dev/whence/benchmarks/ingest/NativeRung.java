package dev.whence.benchmarks.ingest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.benchmarks.ingest.load.Load;
import dev.whence.benchmarks.ingest.load.Payload;

/** Rung f: one native log per request, whose latency counts as much as the rate. */
final class NativeRung {

	private static final String TABLE = "signals.log_record";

	private static final int WARMING_CONNECTIONS = 32;

	private final Laboratory laboratory;

	private final Options options;

	private final Payload payload;

	private boolean warm;

	NativeRung(Laboratory laboratory) {
		this.laboratory = laboratory;
		this.options = laboratory.options();
		this.payload = Payload.nativeLog(this.options.key());
	}

	void logs(int connections) {
		this.laboratory.clear();
		long[] acknowledged = new long[1];
		if (!this.warm) {
			// A request of one record runs much code for little: it takes many of them.
			send(WARMING_CONNECTIONS, this.options.warmUp().multipliedBy(2), acknowledged);
			this.warm = true;
		}
		send(connections, this.options.shortWarmUp(), acknowledged);
		List<Sample> samples = this.laboratory.repeat(() -> send(connections, this.options.time(), acknowledged));
		Tables.requireExactlyOnce(this.laboratory.database(), TABLE, acknowledged[0]);
		this.laboratory.report(RungResult.of("f",
				"native logs, one a request, " + connections + ((connections == 1) ? " connection" : " connections"),
				samples, Map.of("sent bytes", Math.round(this.payload.bytesPerRecord()))));
	}

	private Work send(int connections, Duration time, long[] acknowledged) {
		Load.Result result = Load.during(time, this.laboratory.ingest().address(), this.payload,
				this.laboratory.newStream(), connections);
		acknowledged[0] += result.records();
		Map<String, Double> figures = new LinkedHashMap<>();
		figures.put("p50 ms", result.latencyMillis(0.5));
		figures.put("p99 ms", result.latencyMillis(0.99));
		figures.put("p99.9 ms", result.latencyMillis(0.999));
		figures.put("refused", (double) result.refused());
		return new Work(result.records(), result.nanos(), figures);
	}

}
