package dev.whence.benchmarks.ingest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Medians of one rung.
 *
 * @param rung its letter
 * @param name what was done
 * @param rate signals per second
 * @param service CPU microseconds per signal of ingest
 * @param gateway the same of the gateway
 * @param database the same of PostgreSQL
 * @param load the same of the load generator
 * @param rates of the single measurements
 * @param figures everything else
 */
record RungResult(String rung, String name, double rate, double service, double gateway, double database, double load,
		List<Double> rates, Map<String, Object> figures) {

	static RungResult of(String rung, String name, List<Sample> samples, Map<String, Object> more) {
		Map<String, Object> figures = new LinkedHashMap<>(more);
		samples.getFirst()
			.work()
			.figures()
			.keySet()
			.forEach((key) -> figures.put(key,
					rounded(median(samples, (s) -> s.work().figures().getOrDefault(key, 0.0)))));
		figures.put("busy cores", rounded(median(samples, Sample::busyCores)));
		return new RungResult(rung, name, median(samples, (s) -> s.work().rate()),
				median(samples, (s) -> s.micros(s.cpu().service())),
				median(samples, (s) -> s.micros(s.cpu().gateway())),
				median(samples, (s) -> s.micros(s.cpu().database())), median(samples, (s) -> s.micros(s.cpu().load())),
				samples.stream().map((s) -> (double) Math.round(s.work().rate())).toList(), figures);
	}

	/** With what a request cost, whose number of records says nothing about it. */
	static RungResult perRequest(String rung, String name, List<Sample> samples, int records) {
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("requests/s", rounded(median(samples, (s) -> s.work().rate() / records)));
		double gateway = median(samples, (s) -> s.micros(s.cpu().gateway()) * records);
		if (gateway > 0) {
			figures.put("gateway us a request", rounded(gateway));
		}
		figures.put("servers us a request", rounded(median(samples,
				(s) -> s.micros(s.cpu().service() + s.cpu().gateway() + s.cpu().database()) * records)));
		return of(rung, name, samples, figures);
	}

	/** Of the servers: what a signal costs whoever runs Whence. */
	double cost() {
		return this.service + this.gateway + this.database;
	}

	private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
		double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	private static double rounded(double value) {
		return Math.round(value * 1000) / 1000.0;
	}

}
