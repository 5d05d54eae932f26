package dev.whence.benchmarks.scale;

import java.io.IOException;
import java.util.Locale;

/** Says what an installation needs. */
public final class ScaleProgram {

	private static final double GIB = 1024.0 * 1024 * 1024;

	private ScaleProgram() {
	}

	public static void main(String... arguments) throws IOException {
		ScaleOptions options;
		try {
			options = ScaleOptions.of(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage() + "\n\n" + ScaleOptions.USAGE);
			System.exit(2);
			return;
		}
		System.out.print((options.compare() != null) ? comparison(Measured.read(options.compare()), options.slower())
				: needs(options.workload(), options.slower()));
	}

	static String needs(Workload load, double slower) {
		Estimate estimate = Estimate.of(load, UnitCosts.measured(), slower);
		StringBuilder text = new StringBuilder(
				"| part | cores for the work | at rest | replicas | memory |\n|---|--:|--:|--:|--:|\n");
		for (Part part : Part.values()) {
			line(text, "| %s | %.2f | %.2f | %d | %s |", name(part), estimate.busy(part), estimate.atRest(part),
					estimate.replicas(part),
					part.isReplicated() ? estimate.replicas(part) + " GiB" : "see docs/scaling.md");
		}
		line(text, "| together | %.2f with what is taken at rest | | | %.0f GiB |", estimate.allCores(),
				estimate.memory() / 1024.0);
		line(text, "\n%.0f signals in %.0f requests a second; ingest commits at most as often.", load.signals(),
				load.requests());
		line(text, "Disk: %.1f GiB of rows whose hour is not closed, %.1f GiB of the %.0f days before.",
				estimate.hotBytes() / GIB, estimate.closedBytes() / GIB, load.days());
		line(text, "PostgreSQL's log: %.1f GiB a day, to be archived or sent to standbys.",
				estimate.walBytesPerDay() / GIB);
		return text.toString();
	}

	static String comparison(Measured measured, double slower) {
		Estimate estimate = Estimate.of(measured.workload(), UnitCosts.measured().withoutClosing(), slower);
		StringBuilder text = new StringBuilder(
				"| part | cores, by the model | measured | at rest | ratio above rest |\n|---|--:|--:|--:|--:|\n");
		for (Part part : Part.values()) {
			double model = estimate.busy(part);
			double real = measured.busy(part);
			double rest = measured.atRest(part);
			line(text, "| %s | %.3f | %.3f | %.3f | %s |", name(part), model, real, rest,
					(model > 0) ? String.format(Locale.ROOT, "%.1f", (real - rest) / model) : "-");
		}
		line(text, "\n%.0f signals a second in requests of %.0f: %.0f commits a second (of ingest at most %.0f),",
				measured.workload().signals(), measured.workload().batch(), measured.commits(), estimate.commits());
		line(text, "%.0f bytes of database and %.0f bytes of log for each signal.", measured.databaseBytes(),
				measured.walBytes());
		return text.toString();
	}

	private static String name(Part part) {
		return part.name().toLowerCase(Locale.ROOT);
	}

	private static void line(StringBuilder text, String format, Object... values) {
		text.append(String.format(Locale.ROOT, format, values)).append('\n');
	}

}
