package dev.whence.e2e.fire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What a crash loop came to, in figures. */
final class CrashReport {

	private final List<Kill> kills;

	/** When acknowledgements were read, in order. */
	private final long[] acknowledged;

	private CrashReport(List<Kill> kills, Ledger ledger) {
		this.kills = kills;
		this.acknowledged = ledger.attempts()
			.stream()
			.filter(Attempt::acknowledged)
			.mapToLong(Attempt::ended)
			.sorted()
			.toArray();
	}

	static void add(Report report, List<Kill> kills, Ledger ledger) {
		new CrashReport(kills, ledger).add(report);
		report.put("requests", ledger.deliveries())
			.put("requests acknowledged", ledger.delivered())
			.put("retries", ledger.retries())
			.put("answers by status (0: connection refused or broken)", ledger.statuses())
			.put("answers that no client may get (500 and others)", ledger.offended())
			.put("signals that answers called duplicates (OTLP does not tell)", ledger.duplicates())
			.putMillis("time to an acknowledgement", ledger.attempts().stream().filter(Attempt::acknowledged).toList());
	}

	private void add(Report report) {
		report.put("kills", this.kills.size());
		for (Target target : Target.values()) {
			List<Kill> of = this.kills.stream().filter((kill) -> kill.target() == target).toList();
			List<Kill> alone = of.stream().filter(Kill::alone).toList();
			if (!of.isEmpty()) {
				report.put(target.name().toLowerCase(Locale.ROOT),
						"%d kills%s, %d of them with nothing else down: longest time without an acknowledgement %.1f s (median %.1f), from working again to the first acknowledgement at most %.2f s (median %.2f)"
							.formatted(of.size(), ways(of), alone.size(), longest(silences(alone)),
									Report.median(silences(alone)), longest(recoveries(alone)),
									Report.median(recoveries(alone))));
			}
		}
	}

	private static String ways(List<Kill> kills) {
		long alone = kills.stream().filter((kill) -> kill.how().endsWith("alone")).count();
		return kills.getFirst().how().isEmpty() ? "" : " (%d of the postmaster alone)".formatted(alone);
	}

	private double[] silences(List<Kill> of) {
		return of.stream().mapToDouble(this::silence).toArray();
	}

	private double[] recoveries(List<Kill> of) {
		return of.stream().mapToDouble((kill) -> seconds(firstAfter(kill.ready()) - kill.ready())).toArray();
	}

	/** The longest gap that touches the time from the kill to the recovery. */
	private double silence(Kill kill) {
		long until = firstAfter(kill.ready());
		return IntStream.range(1, this.acknowledged.length)
			.filter((n) -> this.acknowledged[n] > kill.killed() && this.acknowledged[n - 1] < until)
			.mapToDouble((n) -> seconds(this.acknowledged[n] - this.acknowledged[n - 1]))
			.max()
			.orElse(Double.NaN);
	}

	private long firstAfter(long time) {
		int found = Arrays.binarySearch(this.acknowledged, time);
		int next = (found >= 0) ? found : -found - 1;
		return (next < this.acknowledged.length) ? this.acknowledged[next] : Long.MAX_VALUE;
	}

	private static double longest(double[] seconds) {
		return DoubleStream.of(seconds).max().orElse(Double.NaN);
	}

	private static double seconds(long nanos) {
		return nanos / 1e9;
	}

}
