package dev.whence.analysis.detection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import dev.whence.analysis.behaviour.Operation;
import dev.whence.analysis.statistics.Sample;
import dev.whence.analysis.statistics.Surprise;
import dev.whence.model.Severity;

/**
 * Compares what a minute served with normal minutes: the share that failed, how long it
 * took, and how much came. A deviation must be surprising, large, and beyond everything
 * that normal minutes showed: the first keeps small numbers quiet, the second what nobody
 * would mind, the third what is merely unsteady. All are per execution or per service, so
 * that another mix of traffic is no deviation.
 */
final class ServiceLevels {

	/** Fewer normal minutes do not show how much they differ. */
	static final int LEAST_NORMAL = 5;

	/** A quantile of fewer calls is chance. */
	private static final int LEAST_CALLS = 20;

	private static final int LEAST_ERRORS = 5;

	/** Failures that are less than this above what is usual are nobody's emergency. */
	private static final double LEAST_RATIO = 0.05;

	/** From here on callers notice whatever else works. */
	private static final double GRAVE_RATIO = 0.2;

	/** A reference counts at most like so many calls: systems drift. */
	private static final double MOST_REFERENCE = 500;

	/** Once in a hundred by chance alone; the wait for a second minute squares it. */
	private static final double SURPRISING = 2;

	/** The scale of latencies is at least half of what is usual, and never below this. */
	private static final double LATENCY_SHARE = 0.5;

	private static final double LATENCY_FLOOR = Duration.ofMillis(20).toNanos();

	/** Beyond the worst normal minute by a fifth. */
	private static final double BEYOND = 1.2;

	/** Less is too unsteady to miss. */
	private static final double LEAST_TRAFFIC = 30;

	/** The scale of traffic is at least a fifth of what is usual. */
	private static final double TRAFFIC_SHARE = 0.2;

	private static final double LOST_SHARE = 0.2;

	private static final double FLOOD = 3;

	private final MinuteView now;

	private final List<MinuteView> normal;

	private final Set<String> called;

	private ServiceLevels(MinuteView now, List<MinuteView> normal, Set<String> called) {
		this.now = now;
		this.normal = normal;
		this.called = called;
	}

	/**
	 * The deviations, ordered by service and operation.
	 * @param called the services that others call; the rest is where users come in
	 */
	static List<Deviation> find(MinuteView now, List<MinuteView> normal, Set<String> called) {
		if (normal.size() < LEAST_NORMAL) {
			return List.of();
		}
		ServiceLevels levels = new ServiceLevels(now, normal, called);
		List<Deviation> found = new ArrayList<>();
		levels.now.operations().keySet().forEach((operation) -> {
			levels.errors(operation, found);
			levels.latency(operation, found);
		});
		levels.traffic(found);
		return found;
	}

	private void errors(Operation operation, Collection<Deviation> found) {
		MinuteView.Served served = this.now.served(operation);
		if (served.errors() < LEAST_ERRORS) {
			return;
		}
		double ratio = (double) served.errors() / served.calls();
		double calls = 0;
		double errors = 0;
		double worst = 0;
		for (MinuteView minute : this.normal) {
			MinuteView.Served usual = minute.served(operation);
			calls += usual.calls();
			errors += usual.errors();
			worst = Math.max(worst, (usual.calls() >= LEAST_CALLS) ? (double) usual.errors() / usual.calls() : 0);
		}
		double usual = (calls > 0) ? errors / calls : 0;
		double counted = Math.min(calls, MOST_REFERENCE);
		double strength = Surprise.ofSoMany((int) Math.min(served.errors(), Integer.MAX_VALUE),
				(int) Math.min(served.calls(), Integer.MAX_VALUE), usual * counted, counted);
		if (strength >= SURPRISING && ratio - usual >= LEAST_RATIO && ratio > BEYOND * worst) {
			boolean grave = ratio >= GRAVE_RATIO || isEntry(operation.service());
			found.add(new Deviation(Deviation.Kind.ERROR_RATIO, operation.service(), operation.name(), "",
					grave ? Severity.HIGH : Severity.MEDIUM, strength,
					"%s of %s: %s of %d calls failed, normally %s".formatted(operation.name(), operation.service(),
							percent(ratio), served.calls(), percent(usual))));
		}
	}

	private void latency(Operation operation, Collection<Deviation> found) {
		MinuteView.Served served = this.now.served(operation);
		if (served.calls() < LEAST_CALLS) {
			return;
		}
		double[] usual = this.normal.stream()
			.map((minute) -> minute.served(operation))
			.filter((some) -> some.calls() >= LEAST_CALLS)
			.mapToDouble((some) -> some.p95().toNanos())
			.toArray();
		if (usual.length < LEAST_NORMAL) {
			return;
		}
		Sample sample = Sample.of(usual);
		double p95 = served.p95().toNanos();
		double scale = Math.max(Math.max(3 * sample.medianAbsoluteDeviation(), LATENCY_SHARE * sample.median()),
				LATENCY_FLOOR);
		double strength = Surprise.ofDeviation((p95 - sample.median()) / scale);
		if (strength >= SURPRISING && p95 > BEYOND * sample.quantile(1)) {
			found.add(new Deviation(Deviation.Kind.LATENCY, operation.service(), operation.name(), "",
					isEntry(operation.service()) ? Severity.HIGH : Severity.MEDIUM, strength,
					"%s of %s: 95 %% of calls took up to %s, normally %s".formatted(operation.name(),
							operation.service(), millis(p95), millis(sample.median()))));
		}
	}

	private void traffic(Collection<Deviation> found) {
		SortedSet<String> services = new TreeSet<>();
		this.normal.forEach((minute) -> minute.operations().keySet().forEach((one) -> services.add(one.service())));
		Map<String, Long> served = perService(this.now);
		List<Map<String, Long>> usually = this.normal.stream().map(ServiceLevels::perService).toList();
		for (String service : services) {
			Sample usual = Sample.of(values(usually, (minute) -> minute.getOrDefault(service, 0L)));
			if (usual.quantile(0) < LEAST_TRAFFIC) {
				continue;
			}
			double calls = served.getOrDefault(service, 0L);
			double scale = Math.max(3 * usual.medianAbsoluteDeviation(), TRAFFIC_SHARE * usual.median());
			double strength = Surprise.ofDeviation(Math.abs(calls - usual.median()) / scale);
			boolean lost = calls < LOST_SHARE * usual.quantile(0);
			boolean flooded = calls > FLOOD * usual.quantile(1);
			if (strength >= SURPRISING && (lost || flooded)) {
				found.add(new Deviation(Deviation.Kind.TRAFFIC, service, "", lost ? "lost" : "flooded",
						lost ? Severity.HIGH : Severity.MEDIUM, strength,
						"%s served %.0f calls in a minute, normally %.0f".formatted(service, calls, usual.median())));
			}
		}
	}

	private static Map<String, Long> perService(MinuteView minute) {
		Map<String, Long> calls = new TreeMap<>();
		minute.operations().forEach((operation, some) -> calls.merge(operation.service(), some.calls(), Long::sum));
		return calls;
	}

	private static double[] values(List<Map<String, Long>> minutes, Function<Map<String, Long>, Long> value) {
		return minutes.stream().mapToDouble((minute) -> value.apply(minute)).toArray();
	}

	private boolean isEntry(String service) {
		return !this.called.contains(service);
	}

	private static String percent(double ratio) {
		return "%.0f %%".formatted(100 * ratio);
	}

	private static String millis(double nanos) {
		return "%.0f ms".formatted(nanos / 1e6);
	}

}
