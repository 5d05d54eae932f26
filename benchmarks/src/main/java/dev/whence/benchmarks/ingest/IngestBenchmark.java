package dev.whence.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.whence.benchmarks.ingest.machine.StandaloneProcess;
import dev.whence.benchmarks.ingest.machine.Surroundings;

/** Climbs the ladder; {@link Options#USAGE} says how. */
public final class IngestBenchmark {

	private IngestBenchmark() {
	}

	public static void main(String[] arguments) throws IOException {
		Path root = Path.of(System.getProperty("whence.root", "")).toAbsolutePath();
		Options options;
		try {
			options = Options.parse(root, arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
			return;
		}
		try (Laboratory laboratory = new Laboratory(options, root)) {
			Map<String, String> surroundings = Surroundings.describe(root, laboratory.database());
			climb(laboratory);
			Report.write(options.out(), surroundings, options, laboratory.results());
		}
	}

	private static void climb(Laboratory laboratory) {
		Options options = laboratory.options();
		if (options.climbs("a") || options.climbs("b")) {
			CopyRung copy = CopyRung.seeded(laboratory);
			if (options.climbs("a")) {
				copy.bare();
			}
			if (options.climbs("b")) {
				copy.real();
			}
		}
		if (options.climbs("c")) {
			try (WriterRung writer = new WriterRung(laboratory)) {
				options.batches().forEach(writer::logs);
			}
		}
		if (options.climbs("d")) {
			climb(new OtlpRung(laboratory, "d", "", laboratory.ingest().address()), options);
		}
		if (options.climbs("e")) {
			OtlpRung through = new OtlpRung(laboratory, "e", " through the gateway", laboratory.gateway().address());
			options.batches().forEach(through::logs);
		}
		if (options.climbs("f")) {
			NativeRung single = new NativeRung(laboratory);
			List.of(1, 16, 64).forEach(single::logs);
		}
		if (options.climbs("g")) {
			options.batches().forEach(new ReplayRung(laboratory)::logs);
		}
		if (options.climbs("h")) {
			new GatewayRung(laboratory).logs();
		}
		if (options.climbs("s")) {
			try (StandaloneProcess standalone = laboratory.standalone()) {
				new StandaloneRung(laboratory, standalone).logs();
			}
		}
	}

	private static void climb(OtlpRung direct, Options options) {
		if (options.signals().contains("logs")) {
			options.batches().forEach(direct::logs);
		}
		int largest = options.batches().getLast();
		if (options.signals().contains("spans")) {
			direct.spans(largest);
		}
		if (options.signals().contains("points")) {
			direct.points(largest);
		}
	}

}
