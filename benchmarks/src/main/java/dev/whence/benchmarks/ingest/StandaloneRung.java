package dev.whence.benchmarks.ingest;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.whence.benchmarks.ingest.load.Load;
import dev.whence.benchmarks.ingest.load.Payload;
import dev.whence.benchmarks.ingest.machine.Cpu;
import dev.whence.benchmarks.ingest.machine.StandaloneProcess;

/**
 * Rung s: the standalone as {@code ./whence up} starts it, with its own limits and its
 * own PostgreSQL, the worker included. Its CPU is that of everything in its JVM.
 */
final class StandaloneRung {

	private final Laboratory laboratory;

	private final Options options;

	private final StandaloneProcess standalone;

	StandaloneRung(Laboratory laboratory, StandaloneProcess standalone) {
		this.laboratory = laboratory;
		this.options = laboratory.options();
		this.standalone = standalone;
	}

	void logs() {
		measure("the first " + this.options.time().toSeconds() + " s after the start", 1, Payload.nativeLog(""), 16, 1);
		send(Payload.nativeLog(""), 16, this.options.warmUp().multipliedBy(3));
		for (int connections : List.of(16, 160)) {
			measure("native logs, one a request", 1, Payload.nativeLog(""), connections, this.options.repeats());
		}
		measure("OTLP logs in 100", 100, Payload.logs(100, ""), 16, this.options.repeats());
		measure("OTLP spans in 100", 100, Payload.spans(100, ""), 16, this.options.repeats());
	}

	private void measure(String what, int records, Payload payload, int connections, int repeats) {
		if (repeats > 1) {
			send(payload, connections, this.options.shortWarmUp());
		}
		List<Sample> samples = IntStream.range(0, repeats).mapToObj((_) -> {
			Cpu before = cpu();
			Work done = send(payload, connections, this.options.time());
			return new Sample(done, cpu().since(before));
		}).toList();
		this.laboratory.report(RungResult.perRequest("s", what + " to the standalone, " + connections + " connections",
				samples, records));
	}

	private Work send(Payload payload, int connections, Duration time) {
		Load.Result result = Load.during(time, this.standalone.address(), payload, this.laboratory.newStream(),
				connections);
		return OtlpRung.work(result);
	}

	private Cpu cpu() {
		return new Cpu(this.standalone.cpuMicros(), 0, this.standalone.databaseCpuMicros(), Cpu.own());
	}

}
