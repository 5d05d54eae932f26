package dev.whence.benchmarks.scale;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a workload needs.
 *
 * @param cores busy with the work on average, of a processor as the costs were measured
 * on
 * @param slower how many times as long a processor takes as the one that was measured on
 * @param hotBytes of rows whose hour is open or not closed yet
 * @param closedBytes of everything older
 * @param walBytesPerDay what PostgreSQL's log grows by, to be archived or sent to
 * standbys
 * @param commits of ingest a second at most: requests that wait together share one
 */
record Estimate(Map<Part, Double> cores, double slower, double hotBytes, double closedBytes, double walBytesPerDay,
		double commits) {

	/** An hour, the one after which it is closed, and half of one for the closing. */
	private static final double HOT_SECONDS = 2.5 * 3600;

	private static final double DAY_SECONDS = 24 * 3600;

	/** Of a replica's processor, above which the chart's scalers add another. */
	private static final double BUSY = 0.7;

	private static final int FEWEST = 2;

	/**
	 * Computes it.
	 * @param slower see the record
	 */
	static Estimate of(Workload load, UnitCosts costs, double slower) {
		double logs = load.logs() + load.spans() * costs.span() + load.points() * costs.point();
		double requestsOfLogs = logs / load.batch();
		double counted = load.logs() + load.spans();
		Map<Part, Double> micros = new EnumMap<>(Part.class);
		micros.put(Part.GATEWAY,
				load.requests() * costs.gateway().micros(load.batch()) + load.questions() * costs.gateway().micros(1));
		micros.put(Part.INGEST,
				requestsOfLogs * costs.ingest().micros(load.batch()) + load.signals() * costs.closingIngest());
		micros.put(Part.QUERY, load.questions() * costs.question() / 2);
		micros.put(Part.ANALYSIS, load.troubles() * costs.troubleAnalysis());
		micros.put(Part.POSTGRESQL,
				requestsOfLogs * costs.storing().micros(load.batch()) + load.signals() * costs.closingPostgres()
						+ counted * costs.counting() + load.troubles() * costs.troublePostgres()
						+ load.questions() * costs.question() / 2);
		Map<Part, Double> cores = new EnumMap<>(Part.class);
		micros.forEach((part, all) -> cores.put(part, all * slower / 1e6));
		double closed = Math.max(0, load.days() * DAY_SECONDS - HOT_SECONDS);
		return new Estimate(cores, slower,
				load.signals() * Math.min(HOT_SECONDS, load.days() * DAY_SECONDS) * costs.rowBytes(),
				load.signals() * closed * costs.closedBytes(), load.signals() * DAY_SECONDS * costs.walBytes(),
				load.requests());
	}

	/** Cores of the part for the work. */
	double busy(Part part) {
		return this.cores.getOrDefault(part, 0.0);
	}

	/** So many that none is busy beyond what lets it take over a neighbour's work. */
	int replicas(Part part) {
		return part.isReplicated() ? Math.max(FEWEST, (int) Math.ceil(busy(part) / (BUSY - part.rest() * this.slower)))
				: 1;
	}

	/** Cores of all replicas of the part without any work. */
	double atRest(Part part) {
		return replicas(part) * part.rest() * this.slower;
	}

	/** MiB of all replicas of the services. */
	int memory() {
		int sum = 0;
		for (Part part : Part.values()) {
			sum += replicas(part) * part.memory();
		}
		return sum;
	}

	/** Cores of all parts, with and without work. */
	double allCores() {
		return Arrays.stream(Part.values()).mapToDouble((part) -> busy(part) + atRest(part)).sum();
	}

}
