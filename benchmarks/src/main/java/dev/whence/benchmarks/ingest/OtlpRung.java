package dev.whence.benchmarks.ingest;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.whence.benchmarks.ingest.load.Load;
import dev.whence.benchmarks.ingest.load.Payload;
import dev.whence.benchmarks.ingest.machine.DatabaseServer;
import dev.whence.benchmarks.ingest.machine.MemoryWatch;

/** Rungs d and e: OTLP batches over HTTP, with as many connections as serve best. */
final class OtlpRung {

	private static final long MIB = 1024 * 1024;

	private final Laboratory laboratory;

	private final Options options;

	private final String rung;

	private final String way;

	private final InetSocketAddress address;

	private boolean warm;

	OtlpRung(Laboratory laboratory, String rung, String way, InetSocketAddress address) {
		this.laboratory = laboratory;
		this.options = laboratory.options();
		this.rung = rung;
		this.way = way;
		this.address = address;
	}

	void logs(int batch) {
		climb("logs", "signals.log_record", batch, Payload.logs(batch, this.options.key()));
	}

	void spans(int batch) {
		climb("spans", "signals.span", batch, Payload.spans(batch, this.options.key()));
	}

	void points(int batch) {
		climb("metric points", "signals.metric_point", batch, Payload.points(batch, this.options.key()));
	}

	private void climb(String signals, String table, int batch, Payload payload) {
		DatabaseServer database = this.laboratory.database();
		this.laboratory.clear();
		long[] acknowledged = new long[1];
		acknowledged[0] += send(payload, this.options.connections().getFirst(),
				this.warm ? this.options.shortWarmUp() : this.options.warmUp())
			.records();
		this.warm = true;
		Map<String, Object> figures = new LinkedHashMap<>();
		int connections = best(payload, acknowledged, figures);
		List<Sample> samples;
		try (MemoryWatch memory = new MemoryWatch(this.laboratory.ingest())) {
			samples = this.laboratory.repeat(() -> {
				Load.Result result = send(payload, connections, this.options.time());
				acknowledged[0] += result.records();
				return work(result);
			});
			figures.put("anonymous MiB", memory.highestAnonymous() / MIB);
		}
		Tables.requireExactlyOnce(database, table, acknowledged[0]);
		figures.put("peak MiB", this.laboratory.ingest().peakMemory() / MIB);
		figures.put("sent bytes", Math.round(payload.bytesPerRecord()));
		figures.put("stored bytes", Math.round(Tables.rowBytes(database, table)));
		this.laboratory.report(RungResult.of(this.rung,
				"OTLP %s in %d%s, %d connections".formatted(signals, batch, this.way, connections), samples, figures));
	}

	private int best(Payload payload, long[] acknowledged, Map<String, Object> figures) {
		if (this.options.connections().size() == 1) {
			return this.options.connections().getFirst();
		}
		int best = 0;
		double bestRate = 0;
		Map<Integer, Long> tried = new LinkedHashMap<>();
		for (int connections : this.options.connections()) {
			Load.Result result = send(payload, connections, this.options.time().multipliedBy(2).dividedBy(3));
			acknowledged[0] += result.records();
			double rate = work(result).rate();
			tried.put(connections, Math.round(rate));
			if (rate > bestRate) {
				best = connections;
				bestRate = rate;
			}
		}
		figures.put("tried", tried);
		return best;
	}

	private Load.Result send(Payload payload, int connections, Duration time) {
		return Load.during(time, this.address, payload, this.laboratory.newStream(), connections);
	}

	static Work work(Load.Result result) {
		Map<String, Double> figures = new LinkedHashMap<>();
		figures.put("p50 ms", result.latencyMillis(0.5));
		figures.put("p99 ms", result.latencyMillis(0.99));
		if (result.refused() > 0) {
			figures.put("refused", (double) result.refused());
		}
		return new Work(result.records(), result.nanos(), figures);
	}

}
