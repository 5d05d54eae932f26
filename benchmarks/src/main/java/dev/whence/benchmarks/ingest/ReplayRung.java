package dev.whence.benchmarks.ingest;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.whence.benchmarks.ingest.load.Load;
import dev.whence.benchmarks.ingest.load.Payload;
import dev.whence.benchmarks.ingest.load.Stream;

/**
 * Rung g: a first delivery of log batches, and the same bytes again. Nothing more may be
 * stored by the second.
 */
final class ReplayRung {

	private static final String TABLE = "signals.log_record";

	private final Laboratory laboratory;

	private final Options options;

	private boolean warm;

	ReplayRung(Laboratory laboratory) {
		this.laboratory = laboratory;
		this.options = laboratory.options();
	}

	void logs(int batch) {
		Payload payload = Payload.logs(batch, this.options.key());
		// One in the middle: rung d says how much the number matters.
		int connections = this.options.connections().get(this.options.connections().size() / 2);
		this.laboratory.clear();
		long stored = Load
			.during(this.warm ? this.options.shortWarmUp() : this.options.warmUp(), address(), payload,
					this.laboratory.newStream(), connections)
			.records();
		this.warm = true;
		List<Sample> first = new ArrayList<>();
		List<Sample> again = new ArrayList<>();
		for (int i = 0; i < this.options.repeats(); i++) {
			Stream stream = this.laboratory.newStream();
			Sample delivered = this.laboratory.measure(
					() -> OtlpRung.work(Load.during(this.options.time(), address(), payload, stream, connections)));
			first.add(delivered);
			stored += delivered.work().signals();
			long requests = delivered.work().signals() / batch;
			again.add(this.laboratory
				.measure(() -> OtlpRung.work(Load.requests(requests, address(), payload, stream, connections))));
			Tables.requireExactlyOnce(this.laboratory.database(), TABLE, stored);
		}
		String what = " of OTLP logs in %d, %d connections".formatted(batch, connections);
		this.laboratory.report(RungResult.of("g", "first delivery" + what, first, Map.of()));
		this.laboratory.report(RungResult.of("g", "full replay" + what, again, Map.of()));
	}

	private InetSocketAddress address() {
		return this.laboratory.ingest().address();
	}

}
